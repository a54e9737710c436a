//! Whether an `ItemReader` finds what it reads.

use super::{Diagnostic, Machine};
use crate::asl::Resource;

/// Said only where the objects are known, and of names that are written down: what isn't there fails with `States.ItemReaderFailed`.
pub(super) fn unknown_object(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let Some(objects) = &machine.options.objects else { return };
    for state in &machine.states {
        let Some(reader) = state.get("ItemReader") else { continue };
        let Some(resource) = reader.text("Resource").map(Resource::parse) else { continue };
        let arguments = reader.get("Parameters").or(reader.get("Arguments"));
        let written = |field: &str| arguments?.with_text(field).filter(|(_, text)| !text.starts_with("{%"));
        let Some((value, bucket)) = written("Bucket") else { continue };
        let Some(keys) = objects.get(bucket) else {
            let problem = Diagnostic::warning("unknown-object", value.span, format!("no bucket named `{bucket}`"));
            let known = objects.keys().map(String::as_str);
            found.push(with_help(problem.did_you_mean(bucket, known)));
            continue;
        };
        let one = resource.service().is_some_and(|(_, action)| action == "getObject");
        if let Some((value, key)) = written("Key").filter(|(_, key)| one && !keys.contains_key(*key)) {
            let problem = Diagnostic::warning("unknown-object", value.span, format!("no object `{key}` in the bucket `{bucket}`"));
            found.push(with_help(problem.did_you_mean(key, keys.keys().map(String::as_str))));
        }
    }
}

fn with_help(problem: Diagnostic) -> Diagnostic {
    if problem.help.is_some() { problem } else { problem.help("add it in Data: the Map reads what stands there") }
}

#[cfg(test)]
mod tests {
    use crate::check::Options;
    use crate::check::testing::check_with;
    use crate::engine::{Bucket, Objects};
    use std::sync::Arc;

    #[test]
    fn a_reader_names_what_is_there() {
        let bucket = Bucket::from([("orders.csv".to_owned(), Arc::from("id"))]);
        let objects = Some(Arc::new(Objects::from([("shop".to_owned(), bucket)])));
        check_with(
            &Options { objects, ..Options::default() },
            r#"
{ "StartAt": "A", "States": {
  "A": { "Type": "Map", "Next": "B", "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
      "StartAt": "S", "States": { "S": { "Type": "Succeed" } } },
    "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "shop", "Key": "order.csv" } } },
                                                                                                        //^^^^^^^^^^^ warning: no object `order.csv` in the bucket `shop`
  "B": { "Type": "Map", "Next": "C", "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
      "StartAt": "T", "States": { "T": { "Type": "Succeed" } } },
    "ItemReader": { "Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": { "Bucket": "depot" } } },
                                                                                             //^^^^^^^ warning: no bucket named `depot`
  "C": { "Type": "Map", "End": true, "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
      "StartAt": "U", "States": { "U": { "Type": "Succeed" } } },
    "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "shop", "Key.$": "$.key" } } } } }
"#,
        );
    }
}
