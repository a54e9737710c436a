//! The tables of functions: the intrinsics of JSONPath and the built-in functions of JSONata.

/// A function as its caller sees it.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    pub name: &'static str,
    /// Its parameters, as a reader understands them.
    pub parameters: &'static str,
    /// What it gives, in one sentence.
    pub doc: &'static str,
}

const fn row(name: &'static str, parameters: &'static str, doc: &'static str) -> Function {
    Function { name, parameters, doc }
}

/// The intrinsic functions (Amazon States Language specification, Appendix B).
pub const INTRINSICS: &[Function] = &[
    row("States.Format", "template, value, …", "The template with each `{}` replaced by the next value."),
    row("States.StringToJson", "text", "The JSON value that a text holds."),
    row("States.JsonToString", "value", "A value as JSON text."),
    row("States.Array", "value, …", "A list of the values."),
    row("States.ArrayPartition", "array, size", "The list cut into lists of at most so many elements."),
    row("States.ArrayContains", "array, value", "Whether an element of the list equals the value."),
    row("States.ArrayRange", "first, last, step", "The whole numbers from the first to the last, at most 1,000."),
    row("States.ArrayGetItem", "array, index", "The element at an index, counted from 0."),
    row("States.ArrayLength", "array", "How many elements the list has."),
    row("States.ArrayUnique", "array", "The list without repetitions."),
    row("States.Base64Encode", "text", "The text in Base64."),
    row("States.Base64Decode", "text", "The text that is written in Base64."),
    row("States.Hash", "data, algorithm", "The hash in hexadecimal digits by `MD5`, `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`."),
    row(
        "States.JsonMerge",
        "object, object, false",
        "One object with the members of both; those of the second win. The third argument is always `false`.",
    ),
    row("States.MathRandom", "start, end, seed?", "A whole number from the start to below the end."),
    row("States.MathAdd", "number, number", "The sum of two whole numbers."),
    row("States.StringSplit", "text, separators", "The parts of the text between any of the separator characters."),
    row("States.UUID", "", "A random UUID of version 4."),
];

/// The built-in functions of JSONata 2.0.6 as Step Functions has them (docs.jsonata.org), then the functions that Step Functions adds
/// (Step Functions Developer Guide, Transforming data with JSONata).
pub const JSONATA_FUNCTIONS: &[Function] = &[
    row("$string", "value, pretty?", "The value as text; JSON for objects and arrays."),
    row("$length", "text", "The number of characters."),
    row("$substring", "text, start, length?", "A part of the text; a negative start counts from the end."),
    row("$substringBefore", "text, part", "The text before the part's first occurrence."),
    row("$substringAfter", "text, part", "The text after the part's first occurrence."),
    row("$uppercase", "text", "The text in upper case."),
    row("$lowercase", "text", "The text in lower case."),
    row("$trim", "text", "The text with white space normalised."),
    row("$pad", "text, width, character?", "The text filled up to a width; on the left where the width is negative."),
    row("$contains", "text, pattern", "Whether the text holds a text or matches a regular expression."),
    row("$split", "text, separator, limit?", "The parts of the text between separators."),
    row("$join", "texts, separator?", "The texts put together."),
    row("$match", "text, pattern, limit?", "What a regular expression finds, as objects with `match`, `index` and `groups`."),
    row("$replace", "text, pattern, replacement, limit?", "The text with what is found replaced."),
    row("$base64encode", "text", "The text in Base64."),
    row("$base64decode", "text", "The text that is written in Base64."),
    row("$encodeUrlComponent", "text", "The text escaped as a part of a URL."),
    row("$encodeUrl", "text", "The text escaped as a URL."),
    row("$decodeUrlComponent", "text", "The text of an escaped part of a URL."),
    row("$decodeUrl", "text", "The text of an escaped URL."),
    row("$number", "value", "The value as a number."),
    row("$abs", "number", "The number without its sign."),
    row("$floor", "number", "The next whole number below."),
    row("$ceil", "number", "The next whole number above."),
    row("$round", "number, precision?", "The number rounded, halves to the even digit."),
    row("$power", "base, exponent", "The base to the power of the exponent."),
    row("$sqrt", "number", "The square root."),
    row("$formatNumber", "number, picture, options?", "The number as text by a picture such as `#,##0.00`."),
    row("$formatBase", "number, radix?", "The number as text in a base from 2 to 36."),
    row("$formatInteger", "number, picture", "The whole number as text by a picture such as `w` or `I`."),
    row("$parseInteger", "text, picture", "The whole number that a text says by a picture."),
    row("$sum", "numbers", "The sum."),
    row("$max", "numbers", "The greatest."),
    row("$min", "numbers", "The least."),
    row("$average", "numbers", "The mean."),
    row("$boolean", "value", "Whether the value counts as true."),
    row("$not", "value", "Whether the value counts as false."),
    row("$exists", "value", "Whether there is a value at all."),
    row("$count", "array", "The number of elements."),
    row("$append", "array, array", "The elements of both."),
    row("$sort", "array, comparator?", "The elements in order."),
    row("$reverse", "array", "The elements from the last to the first."),
    row("$shuffle", "array", "The elements in random order."),
    row("$distinct", "array", "The elements without repetitions."),
    row("$zip", "array, …", "Lists of the first elements, the second ones, and so on."),
    row("$keys", "object", "The names of the members."),
    row("$lookup", "object, name", "The value of a member."),
    row("$spread", "object", "A list with an object for each member."),
    row("$merge", "objects", "One object with the members of all."),
    row("$sift", "object, function", "The members for which the function is true."),
    row("$each", "object, function", "A list of what the function gives for each member."),
    row("$error", "message?", "Ends the evaluation with an error."),
    row("$assert", "condition, message?", "Ends the evaluation with an error where the condition is false."),
    row("$type", "value", "The name of the value's type."),
    row("$now", "picture?, timezone?", "The time now as text."),
    row("$millis", "", "The time now in milliseconds since 1970."),
    row("$fromMillis", "number, picture?, timezone?", "A time in milliseconds as text."),
    row("$toMillis", "text, picture?", "The milliseconds of a time that is written as text."),
    row("$map", "array, function", "What the function gives for each element."),
    row("$filter", "array, function", "The elements for which the function is true."),
    row("$single", "array, function?", "The one element for which the function is true."),
    row("$reduce", "array, function, init?", "The elements put together by a function of two arguments."),
    row("$partition", "array, size", "The list cut into lists of at most so many elements."),
    row("$range", "first, last, step", "The numbers from the first to the last."),
    row("$hash", "text, algorithm", "The hash in hexadecimal digits by `MD5`, `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`."),
    row("$random", "seed?", "A number from 0 to below 1."),
    row("$uuid", "", "A random UUID of version 4."),
    row("$parse", "text", "The JSON value that a text holds."),
];

/// The row of an intrinsic function.
pub fn intrinsic(name: &str) -> Option<&'static Function> {
    INTRINSICS.iter().find(|row| row.name == name)
}

/// The row of a JSONata function, by its name with the `$`.
pub fn jsonata_function(name: &str) -> Option<&'static Function> {
    JSONATA_FUNCTIONS.iter().find(|row| row.name == name)
}
