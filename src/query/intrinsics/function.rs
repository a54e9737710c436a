//! The functions by name, and how their arguments are checked.

use super::error::CallErrorKind;
use super::format::Template;
use super::{array, scalar};
use crate::query::Env;
use crate::value::{Array, Number, Object, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Format,
    StringToJson,
    JsonToString,
    Array,
    ArrayPartition,
    ArrayContains,
    ArrayRange,
    ArrayGetItem,
    ArrayLength,
    ArrayUnique,
    Base64Encode,
    Base64Decode,
    Hash,
    JsonMerge,
    MathRandom,
    MathAdd,
    StringSplit,
    Uuid,
}

/// Name, function, how many arguments it takes at least and at most, and of which types: a letter for each, the last one standing for
/// all that follow, then `>` and that of the result. `t`ext, `n`umber, `b`oolean, `a`rray, `o`bject, `*` anything.
const FUNCTIONS: [Row; 18] = [
    ("States.Format", Function::Format, 1, usize::MAX, "t*>t"),
    ("States.StringToJson", Function::StringToJson, 1, 1, "t>*"),
    ("States.JsonToString", Function::JsonToString, 1, 1, "*>t"),
    ("States.Array", Function::Array, 0, usize::MAX, "*>a"),
    ("States.ArrayPartition", Function::ArrayPartition, 2, 2, "an>a"),
    ("States.ArrayContains", Function::ArrayContains, 2, 2, "a*>b"),
    ("States.ArrayRange", Function::ArrayRange, 3, 3, "nnn>a"),
    ("States.ArrayGetItem", Function::ArrayGetItem, 2, 2, "an>*"),
    ("States.ArrayLength", Function::ArrayLength, 1, 1, "a>n"),
    ("States.ArrayUnique", Function::ArrayUnique, 1, 1, "a>a"),
    ("States.Base64Encode", Function::Base64Encode, 1, 1, "t>t"),
    ("States.Base64Decode", Function::Base64Decode, 1, 1, "t>t"),
    ("States.Hash", Function::Hash, 2, 2, "tt>t"),
    ("States.JsonMerge", Function::JsonMerge, 3, 3, "oob>o"),
    ("States.MathRandom", Function::MathRandom, 2, 3, "nnn>n"),
    ("States.MathAdd", Function::MathAdd, 2, 2, "nn>n"),
    ("States.StringSplit", Function::StringSplit, 2, 2, "tt>a"),
    ("States.UUID", Function::Uuid, 0, 0, ">t"),
];

type Row = (&'static str, Function, usize, usize, &'static str);

/// What a function gives, or why it doesn't.
pub(super) type Called = Result<Value, Box<CallErrorKind>>;

impl Function {
    pub fn named(name: &str) -> Option<Function> {
        FUNCTIONS.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    pub fn name(self) -> &'static str {
        self.row().0
    }

    pub fn argument_count(self) -> (usize, usize) {
        let (_, _, least, most, _) = self.row();
        (least, most)
    }

    /// The letters of its arguments' types, and of its result's.
    pub fn types(self) -> (&'static str, &'static str) {
        self.row().4.split_once('>').unwrap_or_default()
    }

    fn row(self) -> Row {
        FUNCTIONS[self as usize]
    }

    /// Calls the function; the parser has seen that it has as many arguments as it takes. A template that was written down comes in
    /// place of the first.
    pub fn call(self, values: &[Value], template: Option<&Template>, env: &mut Env) -> Called {
        env.budget.spend(1)?;
        let arguments = Arguments { function: self, values };
        match self {
            Function::Format => scalar::format(&arguments, template, env),
            Function::StringToJson => scalar::string_to_json(&arguments, env),
            Function::JsonToString => scalar::json_to_string(&arguments, env),
            Function::Array => Ok(Value::array(values.to_vec())),
            Function::ArrayPartition => array::partition(&arguments, env),
            Function::ArrayContains => array::contains(&arguments, env),
            Function::ArrayRange => array::range(&arguments, env),
            Function::ArrayGetItem => array::get_item(&arguments),
            Function::ArrayLength => Ok(Value::from(arguments.array(0)?.len() as i64)),
            Function::ArrayUnique => array::unique(&arguments, env),
            Function::Base64Encode => scalar::base64_encode(&arguments),
            Function::Base64Decode => scalar::base64_decode(&arguments),
            Function::Hash => scalar::hash(&arguments),
            Function::JsonMerge => scalar::json_merge(&arguments, env),
            Function::MathRandom => scalar::math_random(&arguments, env),
            Function::MathAdd => scalar::math_add(&arguments),
            Function::StringSplit => scalar::string_split(&arguments, env),
            Function::Uuid => Ok(Value::from(env.random.uuid())),
        }
    }
}

/// The arguments of one call, to be had by type.
pub(super) struct Arguments<'a> {
    function: Function,
    pub values: &'a [Value],
}

impl<'a> Arguments<'a> {
    pub fn value(&self, at: usize) -> &'a Value {
        self.values.get(at).unwrap_or(&Value::Null)
    }

    pub fn array(&self, at: usize) -> Result<&'a Array, Box<CallErrorKind>> {
        self.value(at).as_array().ok_or_else(|| self.mismatch(at, "an array"))
    }

    pub fn object(&self, at: usize) -> Result<&'a Object, Box<CallErrorKind>> {
        self.value(at).as_object().ok_or_else(|| self.mismatch(at, "an object"))
    }

    pub fn text(&self, at: usize) -> Result<&'a str, Box<CallErrorKind>> {
        self.value(at).as_str().ok_or_else(|| self.mismatch(at, "a string"))
    }

    /// A whole number: decimals are rounded, halves up (seen on AWS: -3.5 counts as -3).
    pub fn integer(&self, at: usize) -> Result<i64, Box<CallErrorKind>> {
        const LIMIT: f64 = 9.2e18;
        match self.value(at) {
            Value::Number(Number::Int(value)) => Ok(*value),
            Value::Number(number) if number.as_f64().abs() < LIMIT => Ok((number.as_f64() + 0.5).floor() as i64),
            _ => Err(self.mismatch(at, "a number")),
        }
    }

    /// A text of at most 10,000 characters (Step Functions Developer Guide, Intrinsic functions).
    pub fn short_text(&self, at: usize) -> Result<&'a str, Box<CallErrorKind>> {
        const LONGEST: usize = 10_000;
        let text = self.text(at)?;
        if text.encode_utf16().count() > LONGEST {
            return Err(self.refused(format!("the text is longer than {LONGEST} characters")));
        }
        Ok(text)
    }

    pub fn refused(&self, detail: impl Into<String>) -> Box<CallErrorKind> {
        Box::new(CallErrorKind::Value { function: self.function.name(), detail: detail.into() })
    }

    pub fn mismatch(&self, at: usize, expected: &'static str) -> Box<CallErrorKind> {
        let found = self.value(at).type_name();
        Box::new(CallErrorKind::Type { function: self.function.name(), argument: at + 1, expected, found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::INTRINSICS;

    #[test]
    fn the_table_is_in_the_order_of_the_functions() {
        for (at, row) in FUNCTIONS.iter().enumerate() {
            assert_eq!(row.1 as usize, at, "{}", row.0);
        }
    }

    #[test]
    fn what_is_documented_can_be_called() {
        let documented: Vec<&str> = INTRINSICS.iter().map(|row| row.name).collect();
        let callable: Vec<&str> = FUNCTIONS.iter().map(|row| row.0).collect();
        assert_eq!(documented, callable);
    }
}
