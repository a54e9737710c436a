//! Reads a definition as it was meant, so that one misspelt name is one message and not also everything that follows from it.

use super::rules::NAMING;
use super::{Diagnostic, Machine, Options};
use crate::json::{Kind, Node};
use crate::order::Hashed;

/// A misspelt name can hide others inside it; deeper than this nobody stacks them.
const ROUNDS: usize = 4;

/// Reports wrong names, and gives the tree with the names that were most likely meant, where that differs.
pub(super) fn names(text: &str, root: &Node, options: &Options, found: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut mended: Option<Node> = None;
    let mut reported = Hashed::new();
    for _ in 0..ROUNDS {
        let mut problems = Vec::new();
        let machine = Machine::new(text, mended.as_ref().unwrap_or(root), options);
        for rule in NAMING {
            rule(&mut problems, &machine);
        }
        let meant: Hashed<usize, String> =
            problems.iter().filter_map(|problem| Some((problem.span.start, problem.meant.clone()?))).collect();
        found.extend(problems.into_iter().filter(|problem| reported.insert(problem.span, ()).is_none()));
        if meant.is_empty() {
            break;
        }
        let tree = mended.get_or_insert_with(|| root.clone());
        rename(tree, &meant);
    }
    mended
}

/// Puts the names in place of what stands at their offsets.
fn rename(root: &mut Node, meant: &Hashed<usize, String>) {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &mut node.kind {
            Kind::String(text) => {
                if let Some(name) = meant.get(&node.span.start) {
                    *text = name.as_str().into();
                }
            }
            Kind::Array(elements) => open.extend(elements),
            Kind::Object(members) => {
                for member in members {
                    if let Some(name) = meant.get(&member.key.span.start) {
                        member.key.text = name.as_str().into();
                    }
                    open.push(&mut member.value);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_misspelt_name_is_one_message() {
        check(
            r#"
{ "StartAt": "Choose", "States": {
    "Choose": { "Type": "choice",
                      //^^^^^^^^ error: there is no state type `choice`
      "Choises": [ { "Variable": "$.a", "IsPresent": true, "next": "Done" } ] },
    //^^^^^^^^^ error: a Choice state has no field `Choises`
                                                         //^^^^^^ error: a Choice rule has no field `next`
    "Done": { "Type": "Succeed" } } }
"#,
        );
    }
}
