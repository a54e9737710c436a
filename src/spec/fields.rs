//! The table of fields, and how to look things up in it.

use super::QueryLanguage::{self, JsonPath, Jsonata};
use super::StateType::{Choice, Fail, Map, Parallel, Pass, Succeed, Task, Wait};
use super::field::Place::{self, Branch, Catcher, ChoiceRule, Machine, NestedRule, Processor, Retrier, State};
use super::field::{Field, Shape};
use super::{limits, operators};
use crate::order::Hashed;
use std::sync::OnceLock;

const ASL: &str = "Amazon States Language specification";
const GUIDE: &str = "Step Functions Developer Guide";

/// A field of both languages that may be absent.
const fn row(name: &'static str, on: &'static [Place], shape: Shape, doc: &'static str, source: &'static str) -> Field {
    Field { name, on, language: None, shape, expression: false, required: false, default: None, doc, source }
}

impl Field {
    const fn only(self, language: QueryLanguage) -> Field {
        Field { language: Some(language), ..self }
    }

    const fn or_expression(self) -> Field {
        Field { expression: true, ..self }
    }

    const fn required(self) -> Field {
        Field { required: true, ..self }
    }

    const fn default(self, value: &'static str) -> Field {
        Field { default: Some(value), ..self }
    }
}

const SCOPES: &[Place] = &[Machine, Branch, Processor];
const STATES: &[Place] =
    &[State(Pass), State(Task), State(Choice), State(Wait), State(Succeed), State(Fail), State(Parallel), State(Map)];
const GOES_ON: &[Place] = &[State(Pass), State(Task), State(Wait), State(Parallel), State(Map)];
const HAS_OUTPUT: &[Place] = &[State(Pass), State(Task), State(Choice), State(Wait), State(Succeed), State(Parallel), State(Map)];
const HAS_RESULT: &[Place] = &[State(Task), State(Parallel), State(Map)];
const RESULT_OR_PASS: &[Place] = &[State(Pass), State(Task), State(Parallel), State(Map)];
const TASK: &[Place] = &[State(Task)];
const MAP: &[Place] = &[State(Map)];
const READER: &[Place] = &[Place::ItemReader];
const READER_CONFIG: &[Place] = &[Place::ReaderConfig];

/// Every field of the language. Where a name means different things in different places or languages, it has a row for each.
pub const FIELDS: &[Field] = &[
    // The machine, branches and processors.
    row(
        "Comment",
        &[Machine, Branch, Processor, ChoiceRule, Retrier, Catcher],
        Shape::Text,
        "A note for people; it has no effect.",
        ASL,
    ),
    row("StartAt", SCOPES, Shape::StateName, "The name of the state to begin with.", ASL).required(),
    row("States", SCOPES, Shape::States, "The states by their names.", ASL).required(),
    row("Version", &[Machine], Shape::Text, "The version of the language.", ASL).default("\"1.0\""),
    row(
        "TimeoutSeconds",
        &[Machine],
        Shape::Integer(1, limits::MAX_SECONDS),
        "The number of seconds after which the execution ends as timed out.",
        ASL,
    ),
    row(
        "QueryLanguage",
        &[Machine],
        Shape::OneOf(&["JSONPath", "JSONata"]),
        "The query language of the states that name none of their own.",
        ASL,
    )
    .default("\"JSONPath\""),
    row(
        "ProcessorConfig",
        &[Processor],
        Shape::Object(Place::ProcessorConfig),
        "How the iterations are run: inside this execution or as executions of their own.",
        GUIDE,
    ),
    row(
        "Mode",
        &[Place::ProcessorConfig],
        Shape::OneOf(&["INLINE", "DISTRIBUTED"]),
        "`INLINE` runs the iterations inside this execution, `DISTRIBUTED` each as a child execution.",
        GUIDE,
    )
    .default("\"INLINE\""),
    row(
        "ExecutionType",
        &[Place::ProcessorConfig],
        Shape::OneOf(&["STANDARD", "EXPRESS"]),
        "The type of the child executions; needed with the mode `DISTRIBUTED`, forbidden with `INLINE`.",
        GUIDE,
    ),
    // Every state.
    row("Type", STATES, Shape::OneOf(STATE_TYPES), "The kind of state.", ASL).required(),
    row("Comment", STATES, Shape::Text, "A note for people; it has no effect.", ASL),
    row(
        "QueryLanguage",
        STATES,
        Shape::OneOf(&["JSONPath", "JSONata"]),
        "The query language of this state; in a machine of JSONata it can't be `JSONPath`.",
        ASL,
    ),
    row("Next", GOES_ON, Shape::StateName, "The name of the state to go to.", ASL),
    row("End", GOES_ON, Shape::Bool, "`true` where the machine, branch or iteration ends with this state.", ASL),
    row("InputPath", HAS_OUTPUT, Shape::PathOrNull, "Which part of the state's input it works on; `null` gives it `{}`.", ASL)
        .only(JsonPath)
        .default("\"$\""),
    row(
        "OutputPath",
        HAS_OUTPUT,
        Shape::PathOrNull,
        "Which part of the data goes on to the next state; `null` passes `{}` on.",
        ASL,
    )
    .only(JsonPath)
    .default("\"$\""),
    row(
        "ResultPath",
        RESULT_OR_PASS,
        Shape::ReferencePathOrNull,
        "Where in the input the result is placed; `null` drops the result and keeps the input.",
        ASL,
    )
    .only(JsonPath)
    .default("\"$\""),
    row(
        "Parameters",
        &[State(Pass), State(Parallel)],
        Shape::Template,
        "What the state works on in place of its input; fields that end in `.$` are worked out.",
        ASL,
    )
    .only(JsonPath),
    row("Parameters", TASK, Shape::Template, "What the task is called with; fields that end in `.$` are worked out.", ASL)
        .only(JsonPath),
    row("Parameters", MAP, Shape::Template, "What each iteration gets; called `ItemSelector` now.", ASL).only(JsonPath),
    row(
        "ResultSelector",
        HAS_RESULT,
        Shape::Template,
        "Reshapes the result before `ResultPath` places it; fields that end in `.$` are worked out.",
        ASL,
    )
    .only(JsonPath),
    row("Output", HAS_OUTPUT, Shape::AnyTemplate, "What goes on to the next state; `{% … %}` strings in it are worked out.", ASL)
        .only(Jsonata),
    row(
        "Arguments",
        &[State(Task), State(Parallel)],
        Shape::AnyTemplate,
        "What the task or the branches get; `{% … %}` strings in it are worked out.",
        ASL,
    )
    .only(Jsonata),
    row(
        "Assign",
        &[State(Pass), State(Task), State(Choice), State(Wait), State(Parallel), State(Map), ChoiceRule, Catcher],
        Shape::Assign,
        "Variables and what they are set to; they hold for the states that come after.",
        ASL,
    ),
    row(
        "Retry",
        HAS_RESULT,
        Shape::List(Retrier),
        "What to do again after which errors; the first retrier that names the error counts.",
        ASL,
    ),
    row("Catch", HAS_RESULT, Shape::List(Catcher), "Where to go after which errors that no retrier took.", ASL),
    // Pass.
    row("Result", &[State(Pass)], Shape::Any, "The state's result, as it stands.", ASL).only(JsonPath),
    // Task.
    row(
        "Resource",
        TASK,
        Shape::Arn,
        "The ARN of what does the work: a Lambda function, an activity or the action of a service.",
        ASL,
    )
    .required(),
    row(
        "TimeoutSeconds",
        TASK,
        Shape::Integer(1, limits::MAX_SECONDS),
        "The number of seconds the task may take before it fails with `States.Timeout`.",
        ASL,
    )
    .or_expression()
    .default("99999999"),
    row("TimeoutSecondsPath", TASK, Shape::Path, "Where the input holds the number of seconds the task may take.", ASL)
        .only(JsonPath),
    row(
        "HeartbeatSeconds",
        TASK,
        Shape::Integer(1, limits::MAX_SECONDS),
        "The number of seconds between two signs of life before the task fails with `States.HeartbeatTimeout`.",
        ASL,
    )
    .or_expression(),
    row("HeartbeatSecondsPath", TASK, Shape::Path, "Where the input holds the number of seconds between two signs of life.", ASL)
        .only(JsonPath),
    row("Credentials", TASK, Shape::Object(Place::Credentials), "The role with which the task is called.", GUIDE),
    row("RoleArn", &[Place::Credentials], Shape::Text, "The ARN of the role with which the task is called.", GUIDE).or_expression(),
    row("RoleArn.$", &[Place::Credentials], Shape::PathOrIntrinsic, "Where the input holds the ARN of the role.", GUIDE)
        .only(JsonPath),
    // Choice.
    row("Choices", &[State(Choice)], Shape::List(ChoiceRule), "The rules; the first that is true decides.", ASL).required(),
    row("Default", &[State(Choice)], Shape::StateName, "The name of the state to go to when no rule is true.", ASL),
    row("Next", &[ChoiceRule], Shape::StateName, "The name of the state to go to when the rule is true.", ASL).required(),
    row("Output", &[ChoiceRule], Shape::AnyTemplate, "What goes on to the next state when the rule is true.", ASL).only(Jsonata),
    row("Condition", &[ChoiceRule], Shape::Condition, "The expression that decides whether the rule is true.", ASL).only(Jsonata),
    row("Variable", &[ChoiceRule, NestedRule], Shape::Path, "The value that is compared.", ASL).only(JsonPath),
    row("And", &[ChoiceRule, NestedRule], Shape::List(NestedRule), "True where all of its rules are.", ASL).only(JsonPath),
    row("Or", &[ChoiceRule, NestedRule], Shape::List(NestedRule), "True where one of its rules is.", ASL).only(JsonPath),
    row("Not", &[ChoiceRule, NestedRule], Shape::Object(NestedRule), "True where its rule is not.", ASL).only(JsonPath),
    row("Comment", &[NestedRule], Shape::Text, "A note for people; it has no effect.", ASL),
    // Wait.
    row("Seconds", &[State(Wait)], Shape::Integer(0, limits::MAX_SECONDS), "How many seconds to wait.", ASL).or_expression(),
    row("SecondsPath", &[State(Wait)], Shape::Path, "Where the input holds the number of seconds to wait.", ASL).only(JsonPath),
    row("Timestamp", &[State(Wait)], Shape::Timestamp, "The time to wait for, as RFC 3339 writes it.", ASL).or_expression(),
    row("TimestampPath", &[State(Wait)], Shape::Path, "Where the input holds the time to wait for.", ASL).only(JsonPath),
    // Fail.
    row("Error", &[State(Fail)], Shape::Text, "The name of the error.", ASL).or_expression(),
    row(
        "ErrorPath",
        &[State(Fail)],
        Shape::PathOrIntrinsic,
        "Where the input holds the name of the error, or an intrinsic function.",
        ASL,
    )
    .only(JsonPath),
    row("Cause", &[State(Fail)], Shape::Text, "What happened, for people.", ASL).or_expression(),
    row("CausePath", &[State(Fail)], Shape::PathOrIntrinsic, "Where the input holds the cause, or an intrinsic function.", ASL)
        .only(JsonPath),
    // Parallel.
    row("Branches", &[State(Parallel)], Shape::List(Branch), "The branches, each with `StartAt` and `States`.", ASL).required(),
    // Map.
    row("ItemProcessor", MAP, Shape::Object(Processor), "What is run for each item, with `StartAt` and `States`.", ASL),
    row("Iterator", MAP, Shape::Object(Processor), "What is run for each item; called `ItemProcessor` now.", ASL),
    row("ItemsPath", MAP, Shape::Path, "Where the input holds the list of items.", ASL).only(JsonPath).default("\"$\""),
    row("Items", MAP, Shape::Items, "The list of items.", ASL).only(Jsonata),
    row(
        "ItemSelector",
        MAP,
        Shape::Template,
        "What each iteration gets in place of its item; fields that end in `.$` are worked out.",
        ASL,
    )
    .only(JsonPath),
    row(
        "ItemSelector",
        MAP,
        Shape::AnyTemplate,
        "What each iteration gets in place of its item; `{% … %}` strings in it are worked out.",
        ASL,
    )
    .only(Jsonata),
    row("MaxConcurrency", MAP, Shape::Integer(0, u64::MAX), "How many iterations run at a time; 0 leaves it open.", ASL)
        .or_expression()
        .default("0"),
    row("MaxConcurrencyPath", MAP, Shape::Path, "Where the input holds the number of iterations that run at a time.", ASL)
        .only(JsonPath),
    row("ItemReader", MAP, Shape::Object(Place::ItemReader), "Reads the items from Amazon S3; for a distributed Map.", GUIDE),
    row(
        "ItemBatcher",
        MAP,
        Shape::Object(Place::ItemBatcher),
        "Gives each child execution several items; for a distributed Map.",
        GUIDE,
    ),
    row("ResultWriter", MAP, Shape::Object(Place::ResultWriter), "Writes the results to Amazon S3; for a distributed Map.", GUIDE),
    row("Label", MAP, Shape::TextUpTo(40), "A part of the ARN of the map run; for a distributed Map.", GUIDE),
    row(
        "ToleratedFailurePercentage",
        MAP,
        Shape::Percentage,
        "The percentage of items that may fail before the map run does; for a distributed Map.",
        GUIDE,
    )
    .or_expression()
    .default("0"),
    row("ToleratedFailurePercentagePath", MAP, Shape::Path, "Where the input holds the tolerated percentage.", GUIDE)
        .only(JsonPath),
    row(
        "ToleratedFailureCount",
        MAP,
        Shape::Integer(0, u64::MAX),
        "The number of items that may fail before the map run does; for a distributed Map.",
        GUIDE,
    )
    .or_expression()
    .default("0"),
    row("ToleratedFailureCountPath", MAP, Shape::Path, "Where the input holds the tolerated number.", GUIDE).only(JsonPath),
    // ItemReader.
    row("Resource", READER, Shape::Arn, "The action of Amazon S3 that reads: `getObject` or `listObjectsV2`.", GUIDE).required(),
    row("Parameters", READER, Shape::Template, "Which object or objects are read.", GUIDE).only(JsonPath),
    row("Arguments", READER, Shape::AnyTemplate, "Which object or objects are read.", GUIDE).only(Jsonata),
    row("ReaderConfig", READER, Shape::Object(Place::ReaderConfig), "What the object holds and how it is read.", GUIDE),
    row(
        "InputType",
        READER_CONFIG,
        Shape::OneOf(&["CSV", "JSON", "JSONL", "MANIFEST", "PARQUET"]),
        "What the object holds.",
        GUIDE,
    ),
    row(
        "ManifestType",
        READER_CONFIG,
        Shape::OneOf(&["ATHENA_DATA", "S3_INVENTORY"]),
        "What kind of manifest the object is.",
        GUIDE,
    ),
    row(
        "Transformation",
        READER_CONFIG,
        Shape::OneOf(&["NONE", "LOAD_AND_FLATTEN"]),
        "Whether listed objects are themselves read.",
        GUIDE,
    ),
    row(
        "CSVHeaderLocation",
        READER_CONFIG,
        Shape::OneOf(&["FIRST_ROW", "GIVEN"]),
        "Where the names of the columns come from.",
        GUIDE,
    ),
    row("CSVHeaders", READER_CONFIG, Shape::Texts, "The names of the columns.", GUIDE),
    row(
        "CSVDelimiter",
        READER_CONFIG,
        Shape::OneOf(&["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]),
        "What stands between two columns.",
        GUIDE,
    )
    .default("\"COMMA\""),
    row("ItemsPointer", READER_CONFIG, Shape::Text, "A JSON pointer to the list of items inside the object.", GUIDE),
    row("MaxItems", READER_CONFIG, Shape::Integer(0, 100_000_000), "How many items are read at most.", GUIDE).or_expression(),
    row("MaxItemsPath", READER_CONFIG, Shape::Path, "Where the input holds the number of items to read at most.", GUIDE)
        .only(JsonPath),
    // ItemBatcher.
    row("BatchInput", &[Place::ItemBatcher], Shape::AnyTemplate, "Data that every batch gets beside its items.", GUIDE),
    row("MaxItemsPerBatch", &[Place::ItemBatcher], Shape::Integer(1, u64::MAX), "How many items a batch holds at most.", GUIDE)
        .or_expression(),
    row("MaxItemsPerBatchPath", &[Place::ItemBatcher], Shape::Path, "Where the input holds the number of items of a batch.", GUIDE)
        .only(JsonPath),
    row(
        "MaxInputBytesPerBatch",
        &[Place::ItemBatcher],
        Shape::Integer(1, limits::MAX_PAYLOAD_BYTES as u64),
        "How many bytes a batch holds at most.",
        GUIDE,
    )
    .or_expression(),
    row(
        "MaxInputBytesPerBatchPath",
        &[Place::ItemBatcher],
        Shape::Path,
        "Where the input holds the number of bytes of a batch.",
        GUIDE,
    )
    .only(JsonPath),
    // ResultWriter.
    row("Resource", &[Place::ResultWriter], Shape::Arn, "The action of Amazon S3 that writes: `putObject`.", GUIDE),
    row("Parameters", &[Place::ResultWriter], Shape::Template, "The bucket and the prefix of what is written.", GUIDE)
        .only(JsonPath),
    row("Arguments", &[Place::ResultWriter], Shape::AnyTemplate, "The bucket and the prefix of what is written.", GUIDE)
        .only(Jsonata),
    row("WriterConfig", &[Place::ResultWriter], Shape::Object(Place::WriterConfig), "How the results are written.", GUIDE),
    row("OutputType", &[Place::WriterConfig], Shape::OneOf(&["JSON", "JSONL"]), "The format of the files.", GUIDE),
    row(
        "Transformation",
        &[Place::WriterConfig],
        Shape::OneOf(&["NONE", "COMPACT", "FLATTEN"]),
        "Whether results are written whole, alone, or as one list.",
        GUIDE,
    ),
    // Retry and Catch.
    row("ErrorEquals", &[Retrier, Catcher], Shape::ErrorNames, "The errors it answers.", ASL).required(),
    row(
        "IntervalSeconds",
        &[Retrier],
        Shape::Integer(1, limits::MAX_SECONDS),
        "How many seconds pass before the first retry.",
        ASL,
    )
    .default("1"),
    row("MaxAttempts", &[Retrier], Shape::Integer(0, limits::MAX_SECONDS), "How often it is tried again at most; 0 never.", ASL)
        .default("3"),
    row("BackoffRate", &[Retrier], Shape::AtLeast(1.0), "By what the interval is multiplied after each retry.", ASL).default("2.0"),
    row(
        "MaxDelaySeconds",
        &[Retrier],
        Shape::Integer(1, limits::MAX_DELAY_SECONDS),
        "The longest interval between two retries, in seconds.",
        ASL,
    ),
    row(
        "JitterStrategy",
        &[Retrier],
        Shape::OneOf(&["FULL", "NONE"]),
        "`FULL` makes each interval a random time up to what it would be.",
        ASL,
    )
    .default("\"NONE\""),
    row("Next", &[Catcher], Shape::StateName, "The name of the state to go to after the error.", ASL).required(),
    row("ResultPath", &[Catcher], Shape::ReferencePathOrNull, "Where in the input the error is placed.", ASL)
        .only(JsonPath)
        .default("\"$\""),
    row("Output", &[Catcher], Shape::AnyTemplate, "What goes on to the next state after the error.", ASL).only(Jsonata),
];

const STATE_TYPES: &[&str] = &["Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"];

/// The fields an object of this kind may have in this language, the operators of Choice rules apart.
pub fn fields_of(place: Place, language: QueryLanguage) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.on.contains(&place) && field.language.is_none_or(|only| only == language))
}

/// The row of a field in this language.
pub fn field(place: Place, language: QueryLanguage, name: &str) -> Option<&'static Field> {
    static BY_NAME: OnceLock<Hashed<&str, Vec<&Field>>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        let mut rows: Hashed<&str, Vec<&Field>> = Hashed::new();
        for field in FIELDS {
            rows.get_or_default(field.name).push(field);
        }
        rows
    });
    let mut rows = by_name.get(name)?.iter();
    rows.find(|field| field.on.contains(&place) && field.language.is_none_or(|only| only == language)).copied()
}

/// The fields an object of this kind must have in this language.
pub fn required_of(place: Place, language: QueryLanguage) -> impl Iterator<Item = &'static Field> {
    let required = FIELDS.iter().filter(|field| field.required);
    required.filter(move |field| field.on.contains(&place) && field.language.is_none_or(|only| only == language))
}

/// Whether an object of this kind may have a field of this name in this language, the operators of Choice rules included.
pub fn is_field(place: Place, language: QueryLanguage, name: &str) -> bool {
    let rule = matches!(place, ChoiceRule | NestedRule) && language == JsonPath;
    field(place, language, name).is_some() || rule && operators::operator(name).is_some()
}
