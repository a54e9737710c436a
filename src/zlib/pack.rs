//! Into zlib's format: matches by chains of places that begin alike, codes by Huffman's tree.

use super::{DISTANCE_STEPS, DISTANCES, END, LENGTH_STEPS, LITERALS, LONGEST, MOST_BITS, MOST_LENGTH_BITS, ORDER, SHORTEST};
use super::{checksum, fixed_lengths};

/// A match can begin so many bytes before.
const WINDOW: usize = 1 << 15;

/// Beyond this distance the shortest match costs more than its bytes.
const NEAR: usize = 4096;

/// At how many places a match is looked for.
const TRIES: usize = 256;

/// How many pieces share their codes.
const BLOCK: usize = 1 << 15;

/// The bytes packed, about as tightly as Deflate can; the same bytes always give the same.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    // Deflate with a window of 32 KiB, packed as well as possible.
    let mut writer = Writer { bytes: vec![0x78, 0xDA], bits: 0, count: 0 };
    let pieces = pieces(bytes);
    let mut open = &pieces[..];
    loop {
        let (pieces, rest) = open.split_at(open.len().min(BLOCK));
        writer.block(pieces, rest.is_empty());
        if rest.is_empty() {
            break;
        }
        open = rest;
    }
    // Up to the next whole byte.
    writer.put(0, 7);
    writer.bytes.extend(checksum(bytes).to_be_bytes());
    writer.bytes
}

/// A byte as it stands, or with a distance above 0 the `length` bytes that stand so far before.
#[derive(Clone, Copy)]
struct Piece {
    length: u16,
    distance: u16,
}

/// A symbol with the bits behind it.
struct Symbol {
    symbol: usize,
    bits: u32,
    count: u32,
}

impl Piece {
    fn symbol(self) -> Symbol {
        match (self.distance, usize::from(self.length)) {
            (0, byte) => Symbol { symbol: byte, bits: 0, count: 0 },
            (_, LONGEST) => Symbol { symbol: LITERALS - 1, bits: 0, count: 0 },
            (_, length) => Symbol::of((length - SHORTEST) as u32, LENGTH_STEPS, END + 1),
        }
    }

    fn distance_symbol(self) -> Symbol {
        Symbol::of(u32::from(self.distance) - 1, DISTANCE_STEPS, 0)
    }
}

impl Symbol {
    fn of(value: u32, steps: u32, first: usize) -> Symbol {
        let count = (value / steps).checked_ilog2().unwrap_or(0);
        Symbol { symbol: first + (count * steps + (value >> count)) as usize, bits: value & ((1 << count) - 1), count }
    }
}

/// The bytes as pieces: the longest match of each place, unless the next place has a longer one.
fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let before = places_before(bytes);
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut here = longest(bytes, &before, at);
    while let Some(byte) = bytes.get(at) {
        let next = longest(bytes, &before, at + 1);
        if here.length == 0 || next.length > here.length {
            pieces.push(Piece { length: u16::from(*byte), distance: 0 });
            at += 1;
            here = next;
        } else {
            pieces.push(here);
            at += usize::from(here.length);
            here = longest(bytes, &before, at);
        }
    }
    pieces
}

/// For each place the last one before that probably begins with the same bytes; where there is none, the place itself.
fn places_before(bytes: &[u8]) -> Vec<usize> {
    let mut last = vec![usize::MAX; 1 << 15];
    let mut before = Vec::with_capacity(bytes.len());
    for (at, begin) in bytes.windows(SHORTEST).enumerate() {
        let number = begin.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
        let known = &mut last[(number.wrapping_mul(0x9E37_79B1) >> 17) as usize];
        before.push(std::mem::replace(known, at).min(at));
    }
    before
}

/// The longest match of a place; without a length where there is none.
fn longest(bytes: &[u8], before: &[usize], at: usize) -> Piece {
    let mut longest = (SHORTEST - 1, 0);
    let here = bytes.get(at..).unwrap_or_default();
    let here = &here[..here.len().min(LONGEST)];
    let mut place = at;
    for _ in 0..TRIES {
        match before.get(place) {
            Some(next) if *next < place && at - next <= WINDOW => place = *next,
            _ => break,
        }
        // What is no longer than the best so far differs here already, mostly.
        if bytes.get(place + longest.0) != here.get(longest.0) {
            continue;
        }
        let length = here.iter().zip(&bytes[place..]).take_while(|(one, other)| one == other).count();
        if length > longest.0 && (length > SHORTEST || at - place <= NEAR) {
            longest = (length, at - place);
        }
        if length == here.len() {
            break;
        }
    }
    match longest {
        (_, 0) => Piece { length: 0, distance: 0 },
        (length, distance) => Piece { length: length as u16, distance: distance as u16 },
    }
}

/// Appends bits, the lowest first.
struct Writer {
    bytes: Vec<u8>,
    /// What doesn't fill a byte yet.
    bits: u32,
    count: u32,
}

impl Writer {
    fn put(&mut self, bits: u32, count: u32) {
        self.bits |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.bits as u8);
            self.bits >>= 8;
            self.count -= 8;
        }
    }

    /// Writes a block with codes of its own, or with the fixed ones where that is shorter.
    fn block(&mut self, pieces: &[Piece], last: bool) {
        let start = || Writer { bytes: Vec::new(), bits: self.bits, count: self.count };
        let (mut own, mut fixed) = (start(), start());
        let lengths = lengths_for(pieces);
        own.put(u32::from(last) | 2 << 1, 3);
        own.lengths(&lengths);
        own.pieces(pieces, &lengths);
        fixed.put(u32::from(last) | 1 << 1, 3);
        fixed.pieces(pieces, &fixed_lengths());
        let shorter = if own.bytes.len() < fixed.bytes.len() { own } else { fixed };
        self.bytes.extend(shorter.bytes);
        (self.bits, self.count) = (shorter.bits, shorter.count);
    }

    fn pieces(&mut self, pieces: &[Piece], [literals, distances]: &[Vec<u8>; 2]) {
        let (literals, distances) = (codes(literals), codes(distances));
        for piece in pieces {
            self.symbol(piece.symbol(), &literals);
            if piece.distance > 0 {
                self.symbol(piece.distance_symbol(), &distances);
            }
        }
        self.symbol(Symbol { symbol: END, bits: 0, count: 0 }, &literals);
    }

    fn symbol(&mut self, symbol: Symbol, codes: &[(u32, u32)]) {
        let (code, length) = codes[symbol.symbol];
        self.put(code, length);
        self.put(symbol.bits, symbol.count);
    }

    /// Tells the lengths of a block's own codes, in codes of their own.
    fn lengths(&mut self, lengths: &[Vec<u8>; 2]) {
        let runs = runs(&lengths.concat());
        let mut counts = [0; ORDER.len()];
        runs.iter().for_each(|run| counts[run.symbol] += 1);
        let own = huffman(&counts, MOST_LENGTH_BITS);
        let told = ORDER.len() - ORDER.iter().rev().take_while(|symbol| own[**symbol] == 0).count();
        self.put((lengths[0].len() - END - 1) as u32, 5);
        self.put((lengths[1].len() - 1) as u32, 5);
        self.put((told - 4) as u32, 4);
        for symbol in &ORDER[..told] {
            self.put(own[*symbol].into(), 3);
        }
        let codes = codes(&own);
        for run in runs {
            self.symbol(run, &codes);
        }
    }
}

/// The lengths of the codes that suit a block best: of literals, then of distances.
fn lengths_for(pieces: &[Piece]) -> [Vec<u8>; 2] {
    let (mut literals, mut distances) = ([0; LITERALS], [0; DISTANCES]);
    literals[END] = 1;
    for piece in pieces {
        literals[piece.symbol().symbol] += 1;
        if piece.distance > 0 {
            distances[piece.distance_symbol().symbol] += 1;
        }
    }
    let trimmed = |counts: &[u32], least: usize| {
        let mut lengths = huffman(counts, MOST_BITS);
        while lengths.len() > least && lengths.last() == Some(&0) {
            lengths.pop();
        }
        lengths
    };
    [trimmed(&literals, END + 1), trimmed(&distances, 1)]
}

/// Lengths as symbols: each as it stands, repeated, or as a run of zeros.
fn runs(lengths: &[u8]) -> Vec<Symbol> {
    let mut runs = Vec::new();
    let mut last = None;
    let mut open = lengths;
    while let Some(length) = open.first().copied() {
        let run = open.iter().take_while(|other| **other == length).count();
        let (symbol, least, count, taken) = match run {
            11.. if length == 0 => (18, 11, 7, run.min(138)),
            3.. if length == 0 => (17, 3, 3, run.min(10)),
            3.. if last == Some(length) => (16, 3, 2, run.min(6)),
            _ => (length.into(), 1, 0, 1),
        };
        runs.push(Symbol { symbol, bits: (taken - least) as u32, count });
        last = Some(length);
        open = &open[taken..];
    }
    runs
}

/// The lengths of the codes of symbols that are there so often: Huffman's, made flatter until none is longer than `most`.
fn huffman(counts: &[u32], most: usize) -> Vec<u8> {
    let mut counts = counts.to_vec();
    // Some readers want two codes at least.
    while counts.iter().filter(|count| **count > 0).count() < 2 {
        if let Some(unused) = counts.iter_mut().find(|count| **count == 0) {
            *unused = 1;
        }
    }
    loop {
        let lengths = depths(&counts);
        if lengths.iter().all(|length| usize::from(*length) <= most) {
            return lengths;
        }
        counts.iter_mut().for_each(|count| *count = count.div_ceil(2));
    }
}

/// How deep each symbol stands in a tree in which the two lightest of all that are left always come together; 0 for what is never there.
fn depths(counts: &[u32]) -> Vec<u8> {
    let mut weights = counts.to_vec();
    let mut parents = vec![0; counts.len()];
    while let (Some((one, light)), Some((other, heavier))) = (take_lightest(&mut weights), take_lightest(&mut weights)) {
        (parents[one], parents[other]) = (weights.len(), weights.len());
        weights.push(light + heavier);
        parents.push(0);
    }
    let depth = |symbol: usize| {
        let (mut at, mut depth) = (parents[symbol], 0);
        while at > 0 {
            (at, depth) = (parents[at], depth + 1);
        }
        depth
    };
    (0..counts.len()).map(depth).collect()
}

/// Takes the lightest weight out, with its place.
fn take_lightest(weights: &mut [u32]) -> Option<(usize, u32)> {
    let left = weights.iter().enumerate().filter(|(_, weight)| **weight > 0);
    let at = left.min_by_key(|(_, weight)| **weight)?.0;
    Some((at, std::mem::take(&mut weights[at])))
}

/// The codes of such lengths, as they are written, with their lengths: the shorter first, and those as long by their symbols.
fn codes(lengths: &[u8]) -> Vec<(u32, u32)> {
    let mut codes = vec![(0, 0); lengths.len()];
    let mut next = 0_u32;
    for length in 1..=MOST_BITS as u32 {
        for (symbol, its) in lengths.iter().enumerate() {
            if u32::from(*its) == length {
                codes[symbol] = (next.reverse_bits() >> (32 - length), length);
                next += 1;
            }
        }
        next <<= 1;
    }
    codes
}
