//! A drawing as text that leaves the page: SVG that carries its styles inside, and Mermaid. Knows the colours of the page, not the page.

pub mod geometry;
mod mermaid;
mod palette;
mod svg;

pub use mermaid::mermaid;
pub use palette::{Look, Theme};
pub use svg::svg;
