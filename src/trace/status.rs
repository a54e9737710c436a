//! How a visit, an attempt or an iteration stands.

/// The status of a state, by the names and in the order of the service's own pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    #[default]
    NotEntered,
    Running,
    /// A `.waitForTaskToken` task whose message is sent and whose token has not come back.
    Waiting,
    Succeeded,
    /// It failed, and a Catch led on.
    Caught,
    Failed,
    TimedOut,
    Aborted,
}

impl Status {
    pub(super) const COUNT: usize = 8;

    /// Which of several at once says most.
    pub(super) const MOST_TELLING: [Status; 7] =
        [Status::Running, Status::Waiting, Status::Failed, Status::TimedOut, Status::Caught, Status::Aborted, Status::Succeeded];

    /// Whether it may still change by itself.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Running | Status::Waiting)
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Status::NotEntered => "Not entered",
            Status::Running => "In progress",
            Status::Waiting => "Waiting for callback",
            Status::Succeeded => "Succeeded",
            Status::Caught => "Caught error",
            Status::Failed => "Failed",
            Status::TimedOut => "Timed out",
            Status::Aborted => "Aborted",
        }
    }

    /// The value of `data-status`, which names the colours, and the tail of its glyph's name.
    pub fn attribute(self) -> &'static str {
        match self {
            Status::NotEntered => "idle",
            Status::Running => "running",
            Status::Waiting => "waiting",
            Status::Succeeded => "succeeded",
            Status::Caught => "caught",
            Status::Failed | Status::TimedOut => "failed",
            Status::Aborted => "aborted",
        }
    }
}
