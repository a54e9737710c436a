//! Variables: their names, whether they are set before they are read, and whether anybody reads them.

use super::{Diagnostic, Machine};
use crate::check::nearest;
use crate::check::queries::VariableRead;
use crate::json::Member;
use crate::letters;
use crate::order::{Hashed, Set};
use crate::spec::{self, Place, StateType, limits};

/// `Assign` sets variables for the states that come after; a branch or an iteration sees those of the state around it, not the other way
/// round (Step Functions Developer Guide, "Passing data between states with variables").
pub(super) fn variables(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let assigned = assignments(machine);
    for (_, member) in &assigned {
        found.extend(name_problem(member, machine.options.long_names));
    }
    let reads = &machine.queries().reads;
    let workflow_reads: Vec<&VariableRead> = reads.iter().filter(|read| read.name != "states").collect();
    unread(found, &assigned, &workflow_reads);
    if workflow_reads.is_empty() {
        return;
    }
    let names: Set<&str> = assigned.iter().map(|(_, member)| variable_of(member)).collect();
    let index: Hashed<&str, usize> = names.iter().enumerate().map(|(index, name)| (*name, index)).collect();
    let known = known_at_entry(machine, &assigned, &index);
    let reached = machine.reached();
    for read in workflow_reads {
        let is_set = index.get(&*read.name).is_some_and(|index| known[read.state].contains(*index));
        if !reached[read.state] || is_set {
            continue;
        }
        found.push(unassigned(machine, &assigned, &names, read));
    }
}

/// Every member of every `Assign`, with the state it belongs to.
fn assignments<'a>(machine: &Machine<'a>) -> Vec<(usize, &'a Member)> {
    let mut assigned = Vec::new();
    for object in &machine.objects {
        if let (Place::State(_) | Place::ChoiceRule | Place::Catcher, Some(state), Some(node)) =
            (object.place, object.state, object.node.get("Assign"))
        {
            assigned.extend(node.members().iter().map(|member| (state, member)));
        }
    }
    assigned
}

/// The name of the variable an `Assign` sets, without the `.$` of a query.
fn variable_of(member: &Member) -> &str {
    member.key.text.strip_suffix(".$").unwrap_or(&member.key.text)
}

fn name_problem(member: &Member, long_names: bool) -> Option<Diagnostic> {
    let name = variable_of(member);
    let mut characters = name.chars();
    let first = characters.next().is_some_and(|first| letters::is_letter(first) || first == '_');
    let message = match () {
        () if !first || !characters.all(|character| letters::is_letter_or_digit(character) || character == '_') => {
            format!("`{name}` can't be the name of a variable")
        }
        () if name == "states" => "`states` is a variable of AWS's own".to_owned(),
        () if name.chars().count() > limits::MAX_VARIABLE_NAME && !long_names => {
            format!("the name of this variable has more than {} characters", limits::MAX_VARIABLE_NAME)
        }
        () => return None,
    };
    let help = "a name begins with a letter and goes on with letters, digits and `_`; it stands without `$`";
    Some(Diagnostic::error("variable-name", member.key.span, message).help(help))
}

fn unread(found: &mut Vec<Diagnostic>, assigned: &[(usize, &Member)], reads: &[&VariableRead]) {
    let read: Hashed<&str, ()> = reads.iter().map(|read| (&*read.name, ())).collect();
    let mut told = Hashed::new();
    for (_, member) in assigned {
        let name = variable_of(member);
        if !read.contains_key(name) && name_problem(member, true).is_none() && told.insert(name, ()).is_none() {
            let problem = Diagnostic::warning("unused-variable", member.key.span, format!("nothing reads the variable `{name}`"));
            found.push(problem.help(format!("read it as `${name}`, or remove it")));
        }
    }
}

/// A set of variables, by their index among all names.
#[derive(Clone, Default)]
struct Names(Vec<u64>);

impl Names {
    fn put(&mut self, index: usize) {
        self.0.resize(self.0.len().max(index / 64 + 1), 0);
        self.0[index / 64] |= 1 << (index % 64);
    }

    fn contains(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|word| word & 1 << (index % 64) != 0)
    }

    /// Whether it grew by what the others have.
    fn add(&mut self, other: &Names) -> bool {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        let mut grew = false;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            grew |= more & !*word != 0;
            *word |= more;
        }
        grew
    }
}

/// The variables that may be set when a state is entered.
fn known_at_entry(machine: &Machine, assigned: &[(usize, &Member)], index: &Hashed<&str, usize>) -> Vec<Names> {
    let mut sets = vec![Names::default(); machine.states.len()];
    for (state, member) in assigned {
        sets[*state].put(index[variable_of(member)]);
    }
    let mut known: Vec<Names> = vec![Names::default(); machine.states.len()];
    let mut visited = vec![false; machine.states.len()];
    // A scope comes after the one around it.
    for scope in &machine.scopes {
        let Some(start) = scope.start() else { continue };
        if let Some(owner) = scope.owner.filter(|owner| !is_distributed(machine, *owner)) {
            known[start] = known[owner].clone();
        }
        let mut open = vec![start];
        while let Some(state) = open.pop() {
            visited[state] = true;
            let mut leaving = known[state].clone();
            leaving.add(&sets[state]);
            for next in &machine.transitions[state] {
                if known[*next].add(&leaving) || !visited[*next] {
                    open.push(*next);
                }
            }
        }
    }
    known
}

/// The child executions of a distributed Map see no variables from outside.
fn is_distributed(machine: &Machine, state: usize) -> bool {
    let state = &machine.states[state];
    let processor = state.get("ItemProcessor").or(state.get("Iterator"));
    let mode = processor.and_then(|processor| processor.get("ProcessorConfig")?.text("Mode"));
    state.kind == StateType::Map && mode == Some("DISTRIBUTED")
}

fn unassigned(machine: &Machine, assigned: &[(usize, &Member)], names: &Set<&str>, read: &VariableRead) -> Diagnostic {
    let name = &read.name;
    let mut places = Vec::new();
    for (state, member) in assigned {
        if variable_of(member) == name {
            places.push(*state);
        }
    }
    let problem = |message: String| Diagnostic::warning("unassigned-variable", read.span, message);
    if places.is_empty() && read.rest == "(" {
        let problem = Diagnostic::warning("unknown-function", read.span, format!("there is no function `${name}`"));
        let written = format!("${name}");
        return match nearest(&written, spec::JSONATA_FUNCTIONS.iter().map(|function| function.name)) {
            _ if name == "eval" => problem.help("AWS leaves `$eval` out; `$parse` reads JSON"),
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None => problem.help("a function is built in, or a variable inside the expression"),
        };
    }
    if places.is_empty() {
        let problem = problem(format!("no state assigns the variable `${name}`"));
        return match nearest(name, names.iter().copied()) {
            Some(meant) => problem.help(format!("did you mean `${meant}`?")),
            None => problem.help("set it with `Assign` in a state before this one"),
        };
    }
    if places.iter().all(|state| *state == read.state) {
        return problem(format!("`${name}` is set by this state itself")).help("it can be read from the next state on");
    }
    let scope = machine.states[read.state].scope;
    if places.iter().all(|state| machine.states[*state].scope != scope && is_inside(machine, *state, scope)) {
        return problem(format!("`${name}` is set inside a branch or an iteration"))
            .help("give it out of there as a part of the output");
    }
    problem(format!("`${name}` is read here, but no state before sets it"))
        .help("set it with `Assign` on every way that leads here")
}

/// Whether a state stands deeper down in the scope.
fn is_inside(machine: &Machine, state: usize, scope: usize) -> bool {
    let mut at = machine.states[state].scope;
    while let Some(owner) = machine.scopes[at].owner {
        at = machine.states[owner].scope;
        if at == scope {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn read_before_it_is_set() {
        check(
            r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Pass", "Assign": { "x": 1, "y.$": "$x" }, "Next": "B" },
                                                     //^^ warning: `$x` is set by this state itself
    "B": { "Type": "Pass", "Parameters": { "a.$": "$x", "b.$": "States.Format('{}', $yy)", "c.$": "$y" }, "Next": "C" },
                                                                                  //^^^ warning: no state assigns the variable `$yy`
    "C": { "Type": "Succeed", "InputPath": "$late" } } }
                                          //^^^^^ warning: no state assigns the variable `$late`
"#,
        );
    }

    #[test]
    fn what_an_iteration_sets_stays_there() {
        check(
            r#"
{ "StartAt": "M", "States": {
    "M": { "Type": "Map", "Next": "Z", "ItemProcessor": { "StartAt": "A", "States": {
      "A": { "Type": "Pass", "Assign": { "inner": 1, "left": 2 }, "Next": "B" },
                                                   //^^^^^^ warning: nothing reads the variable `left`
      "B": { "Type": "Pass", "OutputPath": "$inner", "End": true } } } },
    "Z": { "Type": "Succeed", "OutputPath": "$inner" } } }
                                           //^^^^^^ warning: `$inner` is set inside a branch or an iteration
"#,
        );
    }

    #[test]
    fn functions_that_are_none() {
        check(
            r#"
{ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true, "Output": "{% $summ([1]) %}" } } }
                                                                                                          //^^^^^ warning: there is no function `$summ`
"#,
        );
    }

    #[test]
    fn names_that_are_none() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true, "Assign": { "$x": 1, "states": 2 } } } }
                                                                            //^^^^ error: `$x` can't be the name of a variable
                                                                                     //^^^^^^^^ error: `states` is a variable of AWS's own
"#,
        );
    }
}
