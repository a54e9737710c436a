//! What services answer, as far as mocked results are held against it: AWS's API reference, of the actions that workflows call most.
//!
//! A field that no row names may hold anything, as the service itself lets unknown fields pass.

use crate::value::Value;

/// The type of a field.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// Texts, timestamps and blobs.
    Text,
    Number,
    /// A whole number between two bounds, both allowed.
    Between(i64, i64),
    Boolean,
    List(&'static Shape),
    Object(&'static [Field]),
    /// An object whose members all have one shape.
    Members(&'static Shape),
    Any,
}

/// A field of an answer.
#[derive(Clone, Copy, Debug)]
struct Field {
    name: &'static str,
    shape: Shape,
    /// The service always gives it.
    required: bool,
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

const fn always(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

/// What an action answers.
struct Action {
    service: &'static str,
    action: &'static str,
    fields: &'static [Field],
}

use Shape::{Any, Between, Boolean, List, Members, Number, Object, Text};

const CAPACITY: &[Field] =
    &[field("CapacityUnits", Number), field("ReadCapacityUnits", Number), field("WriteCapacityUnits", Number)];

const CONSUMED_CAPACITY: Shape = Object(&[
    field("TableName", Text),
    field("CapacityUnits", Number),
    field("ReadCapacityUnits", Number),
    field("WriteCapacityUnits", Number),
    field("Table", Object(CAPACITY)),
    field("LocalSecondaryIndexes", Members(&Object(CAPACITY))),
    field("GlobalSecondaryIndexes", Members(&Object(CAPACITY))),
]);

/// An attribute's value: one member, named by its type.
const ATTRIBUTE: Shape = Object(&[
    field("S", Text),
    field("N", Text),
    field("B", Text),
    field("SS", List(&Text)),
    field("NS", List(&Text)),
    field("BS", List(&Text)),
    field("M", Any),
    field("L", List(&Any)),
    field("NULL", Boolean),
    field("BOOL", Boolean),
]);

const WRITTEN_ITEM: &[Field] = &[
    field("Attributes", Members(&ATTRIBUTE)),
    field("ConsumedCapacity", CONSUMED_CAPACITY),
    field(
        "ItemCollectionMetrics",
        Object(&[field("ItemCollectionKey", Members(&ATTRIBUTE)), field("SizeEstimateRangeGB", List(&Number))]),
    ),
];

const FOUND_ITEMS: &[Field] = &[
    field("Items", List(&Members(&ATTRIBUTE))),
    field("Count", Number),
    field("ScannedCount", Number),
    field("LastEvaluatedKey", Members(&ATTRIBUTE)),
    field("ConsumedCapacity", CONSUMED_CAPACITY),
];

const FUNCTION_ERROR: Shape = Object(&[field("ErrorCode", Text), field("Message", Text)]);

const FUNCTION_CONFIGURATION: &[Field] = &[
    field("FunctionName", Text),
    field("FunctionArn", Text),
    field("Runtime", Text),
    field("Role", Text),
    field("Handler", Text),
    field("CodeSize", Number),
    field("Description", Text),
    field("Timeout", Between(1, i64::MAX)),
    field("MemorySize", Between(128, 10_240)),
    field("LastModified", Text),
    field("CodeSha256", Text),
    field("Version", Text),
    field("MasterArn", Text),
    field("RevisionId", Text),
    field("State", Text),
    field("PackageType", Text),
    field("Architectures", List(&Text)),
    field("EphemeralStorage", Object(&[always("Size", Between(512, 10_240))])),
    field("VpcConfig", Object(&[field("SubnetIds", List(&Text)), field("SecurityGroupIds", List(&Text)), field("VpcId", Text)])),
    field("DeadLetterConfig", Object(&[field("TargetArn", Text)])),
    field("Environment", Object(&[field("Variables", Members(&Text)), field("Error", FUNCTION_ERROR)])),
    field("KMSKeyArn", Text),
    field("TracingConfig", Object(&[field("Mode", Text)])),
    field("Layers", List(&Object(&[field("Arn", Text), field("CodeSize", Number)]))),
    field("StateReason", Text),
    field("StateReasonCode", Text),
    field("LastUpdateStatus", Text),
    field("FileSystemConfigs", List(&Object(&[always("Arn", Text), always("LocalMountPath", Text)]))),
];

const STARTED: &[Field] = &[always("ExecutionArn", Text), always("StartDate", Text)];

const DETAILS: Shape = Object(&[field("Included", Boolean)]);

/// `Output` is JSON where `.sync:2` has parsed it, and the dates are numbers where a job's description brings them.
const DESCRIBED: &[Field] = &[
    always("ExecutionArn", Text),
    always("StateMachineArn", Text),
    field("Name", Text),
    always("Status", Text),
    always("StartDate", Any),
    field("StopDate", Any),
    field("Input", Any),
    field("InputDetails", DETAILS),
    field("Output", Any),
    field("OutputDetails", DETAILS),
    field("TraceHeader", Text),
    field("MapRunArn", Text),
    field("Error", Text),
    field("Cause", Text),
    field("StateMachineVersionArn", Text),
    field("StateMachineAliasArn", Text),
    field("RedriveCount", Number),
    field("RedriveDate", Any),
    field("RedriveStatus", Text),
    field("RedriveStatusReason", Text),
];

const ENTRIES: Shape = List(&Object(&[field("EventId", Text), field("ErrorCode", Text), field("ErrorMessage", Text)]));

/// Source: the API reference of each service; fields of the kinds that a mock can get wrong.
const ACTIONS: &[Action] = &[
    Action {
        service: "lambda",
        action: "invoke",
        fields: &[
            field("StatusCode", Number),
            field("FunctionError", Text),
            field("LogResult", Text),
            field("Payload", Any),
            field("ExecutedVersion", Text),
        ],
    },
    Action {
        service: "lambda",
        action: "getFunction",
        fields: &[
            field("Configuration", Object(FUNCTION_CONFIGURATION)),
            field("Code", Object(&[field("RepositoryType", Text), field("Location", Text), field("ImageUri", Text)])),
            field("Tags", Members(&Text)),
            field("TagsError", Object(&[always("ErrorCode", Text), always("Message", Text)])),
            field("Concurrency", Object(&[field("ReservedConcurrentExecutions", Between(0, i64::MAX))])),
        ],
    },
    Action { service: "lambda", action: "getFunctionConfiguration", fields: FUNCTION_CONFIGURATION },
    Action { service: "dynamodb", action: "putItem", fields: WRITTEN_ITEM },
    Action { service: "dynamodb", action: "updateItem", fields: WRITTEN_ITEM },
    Action { service: "dynamodb", action: "deleteItem", fields: WRITTEN_ITEM },
    Action {
        service: "dynamodb",
        action: "getItem",
        fields: &[field("Item", Members(&ATTRIBUTE)), field("ConsumedCapacity", CONSUMED_CAPACITY)],
    },
    Action { service: "dynamodb", action: "query", fields: FOUND_ITEMS },
    Action { service: "dynamodb", action: "scan", fields: FOUND_ITEMS },
    Action { service: "events", action: "putEvents", fields: &[field("FailedEntryCount", Number), field("Entries", ENTRIES)] },
    Action { service: "eventbridge", action: "putEvents", fields: &[field("FailedEntryCount", Number), field("Entries", ENTRIES)] },
    Action {
        service: "sqs",
        action: "sendMessage",
        fields: &[
            field("MD5OfMessageBody", Text),
            field("MD5OfMessageAttributes", Text),
            field("MD5OfMessageSystemAttributes", Text),
            field("MessageId", Text),
            field("SequenceNumber", Text),
        ],
    },
    Action { service: "sns", action: "publish", fields: &[field("MessageId", Text), field("SequenceNumber", Text)] },
    Action {
        service: "kms",
        action: "encrypt",
        fields: &[field("CiphertextBlob", Text), field("KeyId", Text), field("EncryptionAlgorithm", Text)],
    },
    Action {
        service: "kms",
        action: "decrypt",
        fields: &[field("Plaintext", Text), field("KeyId", Text), field("EncryptionAlgorithm", Text)],
    },
    Action { service: "states", action: "startExecution", fields: STARTED },
    Action { service: "sfn", action: "startExecution", fields: STARTED },
    Action { service: "states", action: "describeExecution", fields: DESCRIBED },
    Action { service: "sfn", action: "describeExecution", fields: DESCRIBED },
    Action {
        service: "sfn",
        action: "startSyncExecution",
        fields: &[
            always("ExecutionArn", Text),
            field("StateMachineArn", Text),
            field("Name", Text),
            always("StartDate", Text),
            always("StopDate", Text),
            always("Status", Text),
            field("Error", Text),
            field("Cause", Text),
            field("Input", Text),
            field("Output", Text),
        ],
    },
    Action {
        service: "s3",
        action: "getObject",
        fields: &[
            field("Body", Any),
            field("ContentLength", Number),
            field("ContentType", Text),
            field("ETag", Text),
            field("LastModified", Text),
            field("Metadata", Members(&Text)),
            field("VersionId", Text),
            field("DeleteMarker", Boolean),
        ],
    },
    Action {
        service: "s3",
        action: "putObject",
        fields: &[field("ETag", Text), field("VersionId", Text), field("Expiration", Text)],
    },
    Action {
        service: "s3",
        action: "listObjectsV2",
        fields: &[
            field("IsTruncated", Boolean),
            field("KeyCount", Number),
            field("MaxKeys", Number),
            field("Name", Text),
            field("Prefix", Text),
            field("NextContinuationToken", Text),
            field(
                "Contents",
                List(&Object(&[
                    field("Key", Text),
                    field("ETag", Text),
                    field("Size", Number),
                    field("LastModified", Text),
                    field("StorageClass", Text),
                ])),
            ),
        ],
    },
    Action {
        service: "secretsmanager",
        action: "getSecretValue",
        fields: &[
            field("ARN", Text),
            field("Name", Text),
            field("VersionId", Text),
            field("SecretBinary", Text),
            field("SecretString", Text),
            field("VersionStages", List(&Text)),
            field("CreatedDate", Text),
        ],
    },
    Action {
        service: "ssm",
        action: "getParameter",
        fields: &[field(
            "Parameter",
            Object(&[
                field("Name", Text),
                field("Type", Text),
                field("Value", Text),
                field("Version", Number),
                field("LastModifiedDate", Text),
                field("ARN", Text),
                field("DataType", Text),
            ]),
        )],
    },
];

/// Holds an answer against what is known of the action; an action that no row names answers as it likes.
pub(super) fn hold(service: &str, action: &str, answer: &Value, strict: bool) -> Result<(), String> {
    let service = service.strip_prefix("aws-sdk:").unwrap_or(service);
    match ACTIONS.iter().find(|known| known.service == service && known.action == action) {
        None => Ok(()),
        Some(known) => fields(known.fields, answer, strict),
    }
}

fn fields(fields: &[Field], object: &Value, strict: bool) -> Result<(), String> {
    for field in fields {
        match object.get(field.name) {
            Some(value) => shape(field.name, &field.shape, value, strict)?,
            None if strict && field.required => return Err(format!("Required field '{}' is missing", field.name)),
            None => {}
        }
    }
    Ok(())
}

/// Recursion ends with the tables, which nest a few levels.
fn shape(name: &str, wanted: &Shape, value: &Value, strict: bool) -> Result<(), String> {
    let must = |fits: bool, what: &str| if fits { Ok(()) } else { Err(format!("Field '{name}' must be {what}")) };
    match wanted {
        Any => Ok(()),
        Text => must(value.as_str().is_some(), "a string"),
        Number => must(value.as_f64().is_some(), "a number"),
        Boolean => must(value.as_bool().is_some(), "a boolean"),
        Between(least, most) => {
            must(value.as_f64().is_some(), "a number")?;
            let number = value.as_f64().unwrap_or_default();
            if number < *least as f64 {
                return Err(format!("Field '{name}' is less than the minimum value"));
            }
            if number > *most as f64 {
                return Err(format!("Field '{name}' exceeds the maximum value"));
            }
            Ok(())
        }
        List(element) => {
            must(value.as_array().is_some(), "an array")?;
            let items = value.as_array().into_iter().flat_map(|items| items.iter());
            items.into_iter().try_for_each(|item| shape(name, element, item, strict))
        }
        Object(known) => {
            must(value.as_object().is_some(), "an object")?;
            fields(known, value, strict)
        }
        Members(member) => {
            must(value.as_object().is_some(), "an object")?;
            let members = value.as_object().into_iter().flat_map(|object| object.iter());
            members.into_iter().try_for_each(|(name, value)| shape(name, member, value, strict))
        }
    }
}
