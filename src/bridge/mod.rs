//! Browser facilities, each once.
