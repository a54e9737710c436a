//! Out of zlib's format: a bit after the other, each code by the counts of codes so long (RFC 1951, section 3.2.2).

use super::{DISTANCE_STEPS, DISTANCES, END, LENGTH_STEPS, LITERALS, LONGEST, MOST_BITS, ORDER, SHORTEST, checksum, fixed_lengths};

/// Why bytes can't be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They aren't in the format, cut off, or changed since.
    Damaged,
    /// They are more, unpacked, than asked for.
    TooLarge,
}

/// The bytes that were packed, if they are `most` at most. What stands behind them is left alone.
pub fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, Unreadable> {
    let mut reader = Reader { packed, at: 0, bytes: Vec::new(), most };
    match reader.stream() {
        Some(()) => Ok(reader.bytes),
        None if reader.bytes.len() > most => Err(Unreadable::TooLarge),
        None => Err(Unreadable::Damaged),
    }
}

/// Each method gives none where it can't go on.
struct Reader<'a> {
    packed: &'a [u8],
    /// The next bit.
    at: usize,
    bytes: Vec<u8>,
    most: usize,
}

impl Reader<'_> {
    fn stream(&mut self) -> Option<()> {
        let (method, flags) = (self.bits(8)?, self.bits(8)?);
        // Deflate with a window of up to 32 KiB, and no dictionary that both sides know.
        let known = method & 0x8F == 8 && flags & 0x20 == 0 && (method << 8 | flags).is_multiple_of(31);
        known.then_some(())?;
        loop {
            let last = self.bits(1)? == 1;
            match self.bits(2)? {
                0 => self.stored()?,
                1 => self.block(&fixed_lengths())?,
                2 => {
                    let lengths = self.lengths()?;
                    self.block(&lengths)?;
                }
                _ => return None,
            }
            if last {
                break;
            }
        }
        self.at = self.at.next_multiple_of(8);
        let sum = self.bits(32)?.swap_bytes();
        (sum == checksum(&self.bytes)).then_some(())
    }

    fn bits(&mut self, count: u32) -> Option<u32> {
        let mut bits = 0;
        for place in 0..count {
            let byte = self.packed.get(self.at / 8)?;
            bits |= u32::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Some(bits)
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        self.bytes.push(byte);
        (self.bytes.len() <= self.most).then_some(())
    }

    fn stored(&mut self) -> Option<()> {
        self.at = self.at.next_multiple_of(8);
        let (length, inverse) = (self.bits(16)?, self.bits(16)?);
        (length ^ inverse == 0xFFFF).then_some(())?;
        for _ in 0..length {
            let byte = self.bits(8)?;
            self.push(byte as u8)?;
        }
        Some(())
    }

    /// The lengths of a block's own codes.
    fn lengths(&mut self) -> Option<[Vec<u8>; 2]> {
        let (literals, distances) = (self.bits(5)? as usize + END + 1, self.bits(5)? as usize + 1);
        let count = self.bits(4)? as usize + 4;
        (literals <= LITERALS && distances <= DISTANCES).then_some(())?;
        let mut lengths = [0; ORDER.len()];
        for symbol in &ORDER[..count] {
            lengths[*symbol] = self.bits(3)? as u8;
        }
        let codes = Codes::new(&lengths)?;
        let mut lengths: Vec<u8> = Vec::new();
        while lengths.len() < literals + distances {
            let (length, times) = match self.symbol(&codes)? {
                16 => (*lengths.last()?, 3 + self.bits(2)?),
                17 => (0, 3 + self.bits(3)?),
                18 => (0, 11 + self.bits(7)?),
                length => (length as u8, 1),
            };
            lengths.resize(lengths.len() + times as usize, length);
        }
        (lengths.len() == literals + distances).then_some(())?;
        let distances = lengths.split_off(literals);
        Some([lengths, distances])
    }

    fn block(&mut self, [literals, distances]: &[Vec<u8>; 2]) -> Option<()> {
        let (literals, distances) = (Codes::new(literals)?, Codes::new(distances)?);
        loop {
            let symbol = self.symbol(&literals)?;
            if symbol < END {
                self.push(symbol as u8)?;
            } else if symbol == END {
                return Some(());
            } else {
                let length = match symbol - END - 1 {
                    28 => LONGEST,
                    symbol @ 0..28 => SHORTEST + self.value(symbol, LENGTH_STEPS)?,
                    _ => return None,
                };
                let distance = self.symbol(&distances).filter(|symbol| *symbol < DISTANCES)?;
                let distance = 1 + self.value(distance, DISTANCE_STEPS)?;
                for _ in 0..length {
                    let byte = self.bytes[self.bytes.len().checked_sub(distance)?];
                    self.push(byte)?;
                }
            }
        }
    }

    /// What a length's or a distance's symbol stands for, with the bits behind it, from 0.
    fn value(&mut self, symbol: usize, steps: u32) -> Option<usize> {
        let symbol = symbol as u32;
        let power = (symbol / steps).saturating_sub(1);
        let first = if symbol < steps { symbol } else { (steps + symbol % steps) << power };
        Some((first + self.bits(power)?) as usize)
    }

    fn symbol(&mut self, codes: &Codes) -> Option<usize> {
        let (mut code, mut first, mut before) = (0, 0, 0);
        for count in codes.counts {
            code = code << 1 | self.bits(1)? as usize;
            if code - first < count {
                return codes.symbols.get(before + code - first).copied();
            }
            before += count;
            first = (first + count) << 1;
        }
        None
    }
}

/// Codes as the lengths of all say: the shorter first, and those as long by their symbols.
struct Codes {
    /// How many have one bit, two bits, and so on.
    counts: [usize; MOST_BITS],
    symbols: Vec<usize>,
}

impl Codes {
    /// None where more codes are asked for than there are, or where some would have no meaning; one code alone may leave the other free.
    fn new(lengths: &[u8]) -> Option<Codes> {
        let mut codes = Codes { counts: [0; MOST_BITS], symbols: Vec::new() };
        let mut taken = 0;
        for (at, count) in codes.counts.iter_mut().enumerate() {
            let before = codes.symbols.len();
            for (symbol, length) in lengths.iter().enumerate() {
                if usize::from(*length) == at + 1 {
                    codes.symbols.push(symbol);
                }
            }
            *count = codes.symbols.len() - before;
            taken += *count << (MOST_BITS - 1 - at);
        }
        (taken == 1 << MOST_BITS || codes.symbols.len() <= 1).then_some(codes)
    }
}
