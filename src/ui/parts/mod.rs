//! What panels are made of. Each takes signals and callbacks as props and knows no workspace.

mod empty;
mod icon;
mod json_text;
mod message;
mod pill;
mod popover;
mod splitter;
mod tabs;
mod text_area;
mod value_view;
mod words;

pub use empty::Empty;
pub use icon::{EitherIcon, Icon, StatusIcon};
pub use json_text::JsonText;
pub use message::{Message, Tone};
pub use pill::StatusPill;
pub use popover::Popover;
pub use splitter::{Axis, Splitter};
pub use tabs::{Choice, Count, Tab, Tabs, panel_id, tab_id};
pub use text_area::text_area;
pub use value_view::ValueView;
pub use words::Words;
