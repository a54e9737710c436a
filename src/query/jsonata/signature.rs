//! Signatures of functions, such as `<s-nn?:s>`: which arguments fit, and what stands in for missing ones.

use super::val::Val;
use crate::value::Value;

/// What a function takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    params: Vec<Param>,
}

#[derive(Clone, Debug, PartialEq)]
struct Param {
    /// The kinds that fit, as bits of [`KINDS`].
    fits: u16,
    array: bool,
    /// What an array has to hold, and its kind's letter.
    subtype: Option<Box<str>>,
    /// Whether the context stands in for it.
    context: bool,
    optional: bool,
    repeated: bool,
}

/// What is wrong with the arguments: a code, the place of the argument counted from 1, and what an array should have held.
#[derive(Debug, PartialEq)]
pub struct Mismatch {
    pub code: &'static str,
    pub index: usize,
    pub expected: Option<&'static str>,
}

/// The letters of the kinds of values: array, string, number, boolean, null, function, object, and missing.
const KINDS: &[u8; 8] = b"asnblfom";
const MISSING: u16 = 1 << 7;
const JSON: u16 = 0b1101_1111;
const ANY: u16 = 0xFF;

fn bit(letter: u8) -> u16 {
    KINDS.iter().position(|known| *known == letter).map_or(0, |at| 1 << at)
}

fn kind(value: &Val) -> u8 {
    match value {
        Val::Undefined => b'm',
        Val::Func(_) => b'f',
        Val::NonFinite(_) => b'n',
        Val::Map(_) => b'o',
        Val::List(_) | Val::Range(_) | Val::Tuples(_) => b'a',
        Val::Json(value) => match value {
            Value::Null => b'l',
            Value::Bool(_) => b'b',
            Value::Number(_) => b'n',
            Value::String(_) => b's',
            Value::Array(_) => b'a',
            Value::Object(_) => b'o',
        },
    }
}

/// What the elements of a kind are called in the message of `T0412`.
fn plural(letter: u8) -> Option<&'static str> {
    Some(match letter {
        b'a' => "arrays",
        b'b' => "booleans",
        b'f' => "functions",
        b'n' => "numbers",
        b'o' => "objects",
        b's' => "strings",
        _ => return None,
    })
}

/// The place of the bracket that closes one before `from`.
fn closing(text: &[u8], from: usize, open: u8, close: u8) -> usize {
    let mut depth = 1;
    for (at, byte) in text.iter().enumerate().skip(from) {
        if *byte == open {
            depth += 1;
        } else if *byte == close {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    text.len()
}

impl Signature {
    /// Reads a signature with its angle brackets; the code of what is wrong otherwise.
    pub fn parse(text: &str) -> Result<Signature, &'static str> {
        let bytes = text.as_bytes();
        let mut params: Vec<Param> = Vec::new();
        let mut at = 1;
        while at < bytes.len() && bytes[at] != b':' {
            let letter = bytes[at];
            let mut param = Param { fits: 0, array: false, subtype: None, context: false, optional: false, repeated: false };
            match letter {
                b's' | b'n' | b'b' | b'l' | b'o' => param.fits = bit(letter) | MISSING,
                b'a' => {
                    param.fits = ANY;
                    param.array = true;
                }
                b'f' => param.fits = bit(b'f'),
                b'j' => param.fits = JSON,
                b'x' => param.fits = ANY,
                b'(' => {
                    let end = closing(bytes, at + 1, b'(', b')');
                    let choice = &bytes[at + 1..end];
                    if choice.contains(&b'<') {
                        return Err("S0402");
                    }
                    param.fits = choice.iter().fold(MISSING, |fits, letter| fits | bit(*letter));
                    at = end;
                }
                _ => {}
            }
            if param.fits != 0 {
                params.push(param);
            } else if let Some(last) = params.last_mut() {
                match letter {
                    b'-' => (last.context, last.optional) = (true, true),
                    b'?' => last.optional = true,
                    b'+' => last.repeated = true,
                    b'<' => {
                        if !last.array && last.fits != bit(b'f') {
                            return Err("S0401");
                        }
                        let end = closing(bytes, at + 1, b'<', b'>');
                        last.subtype = Some(text[at + 1..end].into());
                        at = end;
                    }
                    _ => {}
                }
            } else if letter == b'<' {
                return Err("S0401");
            }
            at += 1;
        }
        Ok(Signature { params })
    }

    /// The arguments as the function takes them, with the context where one is missing and arrays where they are wanted.
    pub fn validate(&self, args: &[Val], context: &Val) -> Result<Vec<Val>, Mismatch> {
        let kinds: Vec<u16> = args.iter().map(|arg| bit(kind(arg))).collect();
        let Some(counts) = self.distribute(&kinds) else { return Err(self.first_misfit(&kinds)) };
        let mut valid = Vec::with_capacity(self.params.len());
        let (mut at, mut matched) = (0, 0);
        for (param, count) in self.params.iter().zip(counts) {
            let first = args.get(at).cloned().unwrap_or(Val::Undefined);
            if count > 0 {
                for taken in 0..count {
                    valid.push(if !param.array {
                        // All that a repeated parameter takes are given the first one's value: so the reference does.
                        first.clone()
                    } else if kinds[matched + taken] == MISSING {
                        Val::Undefined
                    } else {
                        param.as_array(args.get(at + taken).cloned().unwrap_or(Val::Undefined), count, at + taken + 1)?
                    });
                }
                at += count;
                matched += count;
            } else if !param.context {
                valid.push(first);
                at += 1;
            } else if param.fits & bit(kind(context)) != 0 {
                valid.push(context.clone());
            } else {
                return Err(Mismatch { code: "T0411", index: at + 1, expected: None });
            }
        }
        Ok(valid)
    }

    /// How many arguments each parameter takes, as many as it can from the left; none where they don't fit.
    fn distribute(&self, kinds: &[u16]) -> Option<Vec<usize>> {
        let (params, width) = (self.params.len(), kinds.len() + 1);
        // Whether the parameters from one on can take the arguments from one on.
        let mut fits = vec![false; (params + 1) * width];
        fits[params * width + kinds.len()] = true;
        for at in (0..params).rev() {
            let param = &self.params[at];
            for from in (0..width).rev() {
                let takes = kinds.get(from).is_some_and(|kind| kind & param.fits != 0);
                // A repeated parameter that took one may take the next as well: its own row tells, one further.
                let one = takes && (fits[(at + 1) * width + from + 1] || param.repeated && fits[at * width + from + 1]);
                fits[at * width + from] = one || param.optional && fits[(at + 1) * width + from];
            }
        }
        if !fits[0] {
            return None;
        }
        let mut from = 0;
        let counts = self.params.iter().enumerate().map(|(at, param)| {
            let start = from;
            while kinds.get(from).is_some_and(|kind| kind & param.fits != 0)
                && (from == start || param.repeated)
                && self.can_go_on(&fits, at, from + 1, width)
            {
                from += 1;
            }
            from - start
        });
        Some(counts.collect())
    }

    fn can_go_on(&self, fits: &[bool], at: usize, from: usize, width: usize) -> bool {
        fits[(at + 1) * width + from] || self.params[at].repeated && fits[at * width + from]
    }

    /// The first argument that no parameter takes.
    fn first_misfit(&self, kinds: &[u16]) -> Mismatch {
        let mut from = 0;
        for param in &self.params {
            let start = from;
            while kinds.get(from).is_some_and(|kind| kind & param.fits != 0) && (from == start || param.repeated) {
                from += 1;
            }
            if from == start && !param.optional {
                break;
            }
        }
        Mismatch { code: "T0410", index: from + 1, expected: None }
    }
}

impl Param {
    /// An argument as the array that is wanted, whose elements are what they should be.
    fn as_array(&self, arg: Val, count: usize, index: usize) -> Result<Val, Mismatch> {
        let letter = kind(&arg);
        if letter == b'm' {
            return Ok(arg);
        }
        if let Some(subtype) = &self.subtype {
            let wanted = subtype.as_bytes().first().copied().unwrap_or(0);
            let fits = match &arg {
                Val::Range(_) => wanted == b'n',
                _ if letter == b'a' => arg.len() == 0 || arg.items().all(|item| kind(&item) == wanted),
                _ => count == 1 && subtype.as_bytes() == [letter],
            };
            if !fits {
                return Err(Mismatch { code: "T0412", index, expected: plural(wanted) });
            }
        }
        Ok(if letter == b'a' { arg } else { Val::list(vec![arg]) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(signature: &str, args: &str) -> Option<Vec<usize>> {
        let kinds: Vec<u16> = args.bytes().map(bit).collect();
        Signature::parse(signature).unwrap().distribute(&kinds)
    }

    #[test]
    fn arguments_go_to_parameters_from_the_left() {
        assert_eq!(counts("<s-nn?:s>", "sn"), Some(vec![1, 1, 0]));
        assert_eq!(counts("<s-nn?:s>", "n"), Some(vec![0, 1, 0]));
        assert_eq!(counts("<s-nn?:s>", "nn"), Some(vec![0, 1, 1]));
        assert_eq!(counts("<s-nn?:s>", "snnn"), None);
        assert_eq!(counts("<a+>", "aaa"), Some(vec![3]));
        assert_eq!(counts("<a+>", ""), None);
        assert_eq!(counts("<s+s:s>", "sss"), Some(vec![2, 1]));
        assert_eq!(counts("<af?:a>", "am"), None);
    }

    #[test]
    fn refuses_misplaced_type_parameters() {
        assert_eq!(Signature::parse("<s<n>:s>"), Err("S0401"));
        assert_eq!(Signature::parse("<(sa<n>):s>"), Err("S0402"));
        assert!(Signature::parse("<a<n>f<n:n>:s>").is_ok());
    }
}
