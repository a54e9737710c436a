//! Whether the parts of a `ReaderConfig` go together. Step Functions Developer Guide, "ItemReader (Map)".

use super::{Diagnostic, Machine};
use crate::asl::Resource;

/// The types that the manifest of an UNLOAD may lead to.
const UNLOADED: &[&str] = &["CSV", "JSONL", "PARQUET"];

pub(super) fn item_reader(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for state in &machine.states {
        let Some(reader) = state.get("ItemReader") else { continue };
        let Some(config) = reader.get("ReaderConfig") else { continue };
        let input_type = config.with_text("InputType");
        if let Some((value, "LOAD_AND_FLATTEN")) = config.with_text("Transformation") {
            let resource = reader.text("Resource").map(Resource::parse);
            if resource.is_some_and(|resource| resource.service().is_some_and(|(_, action)| action == "getObject")) {
                let message = "`LOAD_AND_FLATTEN` does nothing beside `getObject`";
                found.push(Diagnostic::warning("item-reader", value.span, message).help("`listObjectsV2` lists what it reads"));
            } else if input_type.is_none() {
                let problem = Diagnostic::error("item-reader", value.span, "`LOAD_AND_FLATTEN` needs an `InputType`");
                found.push(problem.help("say what the listed objects hold: `CSV`, `JSON`, `JSONL` or `PARQUET`"));
            }
        }
        match (config.with_text("ManifestType"), input_type) {
            (Some((_, "S3_INVENTORY")), Some((value, _))) => {
                let problem = Diagnostic::warning("item-reader", value.span, "an inventory has no `InputType`: its files are CSV");
                found.push(problem.help("leave the field out"));
            }
            (Some((_, "ATHENA_DATA")), Some((value, kind))) if !UNLOADED.contains(&kind) => {
                let problem = Diagnostic::error("item-reader", value.span, format!("a manifest of Athena can't lead to `{kind}`"));
                found.push(problem.help("its objects are `CSV`, `JSONL` or `PARQUET`"));
            }
            (_, Some((value, "PARQUET"))) => {
                let problem =
                    Diagnostic::warning("item-reader", value.span, "`PARQUET` is not read here: a run fails at this state");
                found.push(problem.help("try it with the same items as `CSV`, `JSON` or `JSONL`"));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn what_a_reader_takes_together() {
        check(
            r#"
{ "StartAt": "A", "States": {
  "A": { "Type": "Map", "Next": "B", "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
      "StartAt": "S", "States": { "S": { "Type": "Succeed" } } },
    "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key": "k" },
      "ReaderConfig": { "InputType": "PARQUET", "Transformation": "LOAD_AND_FLATTEN" } } },
                                                                //^^^^^^^^^^^^^^^^^^ warning: `LOAD_AND_FLATTEN` does nothing beside `getObject`
                                   //^^^^^^^^^ warning: `PARQUET` is not read here: a run fails at this state
  "B": { "Type": "Map", "Next": "C", "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
      "StartAt": "T", "States": { "T": { "Type": "Succeed" } } },
    "ItemReader": { "Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": { "Bucket": "b" },
      "ReaderConfig": { "Transformation": "LOAD_AND_FLATTEN" } } },
                                        //^^^^^^^^^^^^^^^^^^ error: `LOAD_AND_FLATTEN` needs an `InputType`
  "C": { "Type": "Map", "Next": "D", "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
      "StartAt": "U", "States": { "U": { "Type": "Succeed" } } },
    "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key": "k" },
      "ReaderConfig": { "ManifestType": "ATHENA_DATA", "InputType": "JSON" } } },
                                                                  //^^^^^^ error: a manifest of Athena can't lead to `JSON`
  "D": { "Type": "Map", "End": true, "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
      "StartAt": "V", "States": { "V": { "Type": "Succeed" } } },
    "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key": "k" },
      "ReaderConfig": { "ManifestType": "S3_INVENTORY", "InputType": "CSV" } } } } }
                                                                   //^^^^^ warning: an inventory has no `InputType`: its files are CSV
"#,
        );
    }
}
