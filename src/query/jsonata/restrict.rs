//! What Step Functions refuses when a state machine is created: an expression has no context of its own, so at the top level `$`, `$$`
//! and names that nothing qualifies mean nothing. Within a step, a predicate or a function there is a context.

use super::error::Error;
use super::functions;
use super::syntax::{Id, Kind, Tree};

/// The code of AWS's validation for what it refuses.
const UNSUPPORTED: &str = "UNSUPPORTED_JSONATA_EXPRESSION";

/// More errors than this help nobody.
const MAX_ERRORS: usize = 20;

/// All that is refused in a resolved tree.
pub fn refused(tree: &Tree, root: Id, text: &str) -> Vec<Error> {
    let mut errors = Vec::new();
    top_level(tree, root, text, &mut errors);
    errors
}

/// Keeps the first errors in the order of the text.
fn add(errors: &mut Vec<Error>, error: Error) {
    let at = errors.iter().position(|known| known.span > error.span).unwrap_or(errors.len());
    errors.insert(at, error);
    errors.truncate(MAX_ERRORS);
}

fn top_level(tree: &Tree, root: Id, text: &str, errors: &mut Vec<Error>) {
    // Chains of operators are walked in a loop, all else is as deep as the parser allows.
    let mut at = root;
    while let Kind::Binary(operator, left, right) = tree[at].kind {
        top_level(tree, right, text, errors);
        if operator == ":=" {
            return;
        }
        at = left;
    }
    let span = tree[at].at;
    let bare = match &tree[at].kind {
        Kind::Name(_) => true,
        Kind::Variable(name) => matches!(&**name, "" | "$"),
        _ => false,
    };
    if bare {
        add(errors, Error::new(UNSUPPORTED, span).with_token(span.of(text)));
    }
    let mut all = |ids: &[Id]| ids.iter().for_each(|id| top_level(tree, *id, text, errors));
    match &tree[at].kind {
        Kind::Path(path) => all(&path.steps[..1]),
        Kind::Negate(operand) => all(&[*operand]),
        Kind::Array(ids) | Kind::Block(ids) => all(ids),
        Kind::Object(pairs) => pairs.iter().for_each(|(key, value)| all(&[*key, *value])),
        Kind::Call(procedure, args) | Kind::Partial(procedure, args) => {
            all(args);
            match tree.steps(*procedure).first().map(|step| &tree[*step].kind) {
                // A function whose `$` was forgotten.
                Some(Kind::Name(name)) if functions::position(name).is_some() => {
                    add(errors, Error::new("T1005", tree[*procedure].at).with_token(name));
                }
                _ => top_level(tree, *procedure, text, errors),
            }
        }
        Kind::Condition(condition, then, otherwise) => {
            all(&[*condition, *then]);
            all(otherwise.as_slice());
        }
        _ => {}
    }
}
