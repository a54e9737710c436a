//! The numbers AWS sets. Source, where nothing else is said: Step Functions Developer Guide, "Quotas".

/// The largest number of seconds that `Seconds`, `TimeoutSeconds` and their kind may hold.
pub const MAX_SECONDS: u64 = 99_999_999;

/// `MaxDelaySeconds` must be below 31,622,400 (API reference of the language's Retry).
pub const MAX_DELAY_SECONDS: u64 = 31_622_399;

/// Input and output of a state, a task or an execution, as UTF-8.
pub const MAX_PAYLOAD_BYTES: usize = 256 * 1024;

/// The events in the history of a Standard execution.
pub const MAX_HISTORY_EVENTS: usize = 25_000;

/// The characters of a state's name.
pub const MAX_STATE_NAME: usize = 80;

/// The characters of an execution's name, and of a state machine's.
pub const MAX_RESOURCE_NAME: usize = 80;

/// The characters of a variable's name.
pub const MAX_VARIABLE_NAME: usize = 80;

/// The bytes of a definition.
pub const MAX_DEFINITION_BYTES: usize = 1024 * 1024;

/// How long a Standard execution may run, in seconds: a year.
pub const MAX_STANDARD_SECONDS: u64 = 31_536_000;

/// How long an Express execution may run, in seconds: five minutes.
pub const MAX_EXPRESS_SECONDS: u64 = 300;

/// The iterations of an inline Map that run at a time.
pub const MAX_INLINE_CONCURRENCY: u64 = 40;

/// The child executions of a distributed Map that run at a time.
pub const MAX_DISTRIBUTED_CONCURRENCY: u64 = 10_000;

/// One variable, and all that one `Assign` sets, as UTF-8.
pub const MAX_ASSIGNED_BYTES: usize = 256 * 1024;

/// The variables of an execution, in bytes, all together.
pub const MAX_VARIABLES_BYTES: usize = 10 * 1024 * 1024;
