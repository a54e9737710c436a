//! The built-in functions: one table of names, signatures and bodies.

mod aws;
mod dates;
mod encode;
mod higher;
mod integers;
mod lists;
pub mod matching;
mod numbers;
mod objects;
mod picture;
mod texts;

pub use matching::{call_regex, next_match};

use super::error::Error;
use super::machine::{Machine, Work};
use super::signature::Signature;
use super::val::Val;
use crate::letters;
use std::sync::OnceLock;

/// A built-in function.
pub struct Native {
    pub name: &'static str,
    pub signature: &'static str,
    /// How many arguments it takes when another function calls it.
    pub arity: usize,
    pub body: Body,
}

pub enum Body {
    /// One of a number alone.
    Number(fn(f64) -> f64),
    /// One of a text alone, into another.
    Text(fn(&str) -> String),
    Plain(fn(&mut Machine, Args) -> Result<Val, Error>),
    /// One that may call functions.
    Calling(fn(&mut Machine, Args) -> Result<Started, Error>),
}

/// Arguments that fit the signature: one for each parameter, undefined where it is missing.
pub type Args<'a> = &'a mut [Val];

pub enum Started {
    Done(Val),
    Work(Work),
}

use Body::{Calling, Number, Plain, Text};

const fn row(name: &'static str, signature: &'static str, arity: usize, body: Body) -> Native {
    Native { name, signature, arity, body }
}

/// The functions of JSONata 2.0.6 but `$eval`, by the reference's documentation and source; then what AWS adds, by the Step Functions
/// developer guide, "Transforming data with JSONata".
pub static TABLE: &[Native] = &[
    row("sum", "<a<n>:n>", 1, Plain(numbers::sum)),
    row("count", "<a:n>", 1, Plain(lists::count)),
    row("max", "<a<n>:n>", 1, Plain(numbers::max)),
    row("min", "<a<n>:n>", 1, Plain(numbers::min)),
    row("average", "<a<n>:n>", 1, Plain(numbers::average)),
    row("string", "<x-b?:s>", 1, Plain(texts::string)),
    row("substring", "<s-nn?:s>", 3, Plain(texts::substring)),
    row("substringBefore", "<s-s:s>", 2, Plain(texts::substring_before)),
    row("substringAfter", "<s-s:s>", 2, Plain(texts::substring_after)),
    row("lowercase", "<s-:s>", 1, Text(letters::lower)),
    row("uppercase", "<s-:s>", 1, Text(letters::upper)),
    row("length", "<s-:n>", 1, Plain(texts::length)),
    row("trim", "<s-:s>", 1, Text(texts::trim)),
    row("pad", "<s-ns?:s>", 3, Plain(texts::pad)),
    row("match", "<s-f<s:o>n?:a<o>>", 3, Calling(matching::matches)),
    row("contains", "<s-(sf):b>", 2, Calling(matching::contains)),
    row("replace", "<s-(sf)(sf)n?:s>", 4, Calling(matching::replace)),
    row("split", "<s-(sf)n?:a<s>>", 3, Calling(matching::split)),
    row("join", "<a<s>s?:s>", 2, Plain(texts::join)),
    row("formatNumber", "<n-so?:s>", 3, Plain(picture::format_number)),
    row("formatBase", "<n-n?:s>", 2, Plain(numbers::format_base)),
    row("formatInteger", "<n-s:s>", 2, Plain(integers::format_integer)),
    row("parseInteger", "<s-s:n>", 2, Plain(integers::parse_integer)),
    row("number", "<(nsb)-:n>", 1, Plain(numbers::number)),
    row("floor", "<n-:n>", 1, Number(f64::floor)),
    row("ceil", "<n-:n>", 1, Number(f64::ceil)),
    row("round", "<n-n?:n>", 2, Plain(numbers::round)),
    row("abs", "<n-:n>", 1, Number(f64::abs)),
    row("sqrt", "<n-:n>", 1, Plain(numbers::sqrt)),
    row("power", "<n-n:n>", 2, Plain(numbers::power)),
    row("boolean", "<x-:b>", 1, Plain(objects::boolean)),
    row("not", "<x-:b>", 1, Plain(objects::not)),
    row("map", "<af>", 2, Calling(higher::map)),
    row("zip", "<a+>", 0, Plain(lists::zip)),
    row("filter", "<af>", 2, Calling(higher::filter)),
    row("single", "<af?>", 2, Calling(higher::single)),
    row("reduce", "<afj?:j>", 3, Calling(higher::reduce)),
    row("sift", "<o-f?:o>", 2, Calling(higher::sift)),
    row("keys", "<x-:a<s>>", 1, Plain(objects::keys)),
    row("lookup", "<x-s:x>", 2, Plain(objects::lookup)),
    row("append", "<xx:a>", 2, Plain(lists::append)),
    row("exists", "<x:b>", 1, Plain(objects::exists)),
    row("spread", "<x-:a<o>>", 1, Plain(objects::spread)),
    row("merge", "<a<o>:o>", 1, Plain(objects::merge)),
    row("reverse", "<a:a>", 1, Plain(lists::reverse)),
    row("each", "<o-f:a>", 2, Calling(higher::each)),
    row("error", "<s?:x>", 1, Plain(objects::error)),
    row("assert", "<bs?:x>", 2, Plain(objects::assert)),
    row("type", "<x:s>", 1, Plain(objects::type_of)),
    row("sort", "<af?:a>", 2, Calling(higher::sort)),
    row("shuffle", "<a:a>", 1, Plain(lists::shuffle)),
    row("distinct", "<x:x>", 1, Plain(lists::distinct)),
    row("base64encode", "<s-:s>", 1, Text(encode::base64_encode)),
    row("base64decode", "<s-:s>", 1, Text(encode::base64_decode)),
    row("encodeUrlComponent", "<s-:s>", 1, Text(encode::encode_url_component)),
    row("encodeUrl", "<s-:s>", 1, Text(encode::encode_url)),
    row("decodeUrlComponent", "<s-:s>", 1, Plain(encode::decode_url_component)),
    row("decodeUrl", "<s-:s>", 1, Plain(encode::decode_url)),
    row("toMillis", "<s-s?:n>", 2, Plain(dates::to_millis)),
    row("fromMillis", "<n-s?s?:s>", 3, Plain(dates::from_millis)),
    row("clone", "<(oa)-:o>", 1, Plain(objects::clone)),
    row("now", "<s?s?:s>", 2, Plain(dates::now)),
    row("millis", "<:n>", 0, Plain(dates::millis)),
    row("random", "<n?:n>", 0, Plain(aws::random)),
    row("partition", "<an:a<a>>", 2, Plain(aws::partition)),
    row("range", "<nnn:a<n>>", 3, Plain(aws::range)),
    row("hash", "<s-s:s>", 2, Plain(aws::hash)),
    row("uuid", "<:s>", 0, Plain(aws::uuid)),
    row("parse", "<s-:x>", 1, Plain(aws::parse)),
];

/// The place of a function in the table.
pub fn position(name: &str) -> Option<u8> {
    TABLE.iter().position(|native| native.name == name).map(|at| at as u8)
}

/// The signature of a function, read once.
pub fn signature(native: u8) -> &'static Signature {
    static SIGNATURES: OnceLock<Vec<Signature>> = OnceLock::new();
    let read = || {
        let parse = |native: &Native| Signature::parse(native.signature).expect("the table's signatures are well formed");
        TABLE.iter().map(parse).collect()
    };
    &SIGNATURES.get_or_init(read)[native as usize]
}

/// Takes an argument out.
fn take(args: Args, index: usize) -> Val {
    args.get_mut(index).map_or(Val::Undefined, |arg| std::mem::replace(arg, Val::Undefined))
}

/// The text that an argument is.
fn text(args: &[Val], index: usize) -> Option<&str> {
    args.get(index)?.as_str()
}

/// The number that an argument is.
fn number(args: &[Val], index: usize) -> Option<f64> {
    args.get(index)?.as_f64()
}
