//! The zlib format (RFC 1950) with Deflate inside (RFC 1951), which links are packed with: both ways in little code.
//!
//! Knows bytes, not what they mean. Reads whatever follows the two standards; what it writes, any library reads.

mod pack;
mod unpack;

pub use pack::pack;
pub use unpack::{Unreadable, unpack};

/// The symbol that ends a block; those below it are bytes, those above lengths.
const END: usize = 256;

/// How many symbols bytes, end and lengths have together, and distances.
const LITERALS: usize = 286;
const DISTANCES: usize = 30;

/// A match is as long as this at least and at most.
const SHORTEST: usize = 3;
const LONGEST: usize = 258;

/// How long the codes of a block's symbols can be, and the codes of those lengths.
const MOST_BITS: usize = 15;
const MOST_LENGTH_BITS: usize = 7;

/// Lengths are told with four symbols for each power of two, distances with two.
const LENGTH_STEPS: u32 = 4;
const DISTANCE_STEPS: u32 = 2;

/// In which order the lengths of the codes of lengths stand.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The lengths of a block's codes where it brings none of its own: of literals, then of distances, two of each without a meaning.
fn fixed_lengths() -> [Vec<u8>; 2] {
    let of = |symbol: usize| match symbol {
        0..144 | 280.. => 8,
        144..256 => 9,
        _ => 7,
    };
    [(0..LITERALS + 2).map(of).collect(), vec![5; DISTANCES + 2]]
}

/// The checksum Adler-32.
fn checksum(bytes: &[u8]) -> u32 {
    let (mut sum, mut sums) = (1, 0);
    for byte in bytes {
        sum = (sum + u32::from(*byte)) % 65_521;
        sums = (sums + sum) % 65_521;
    }
    sums << 16 | sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec_zlib;
    use miniz_oxide::inflate::decompress_to_vec_zlib;

    /// Texts of many kinds: nothing, little, noise, one byte often, and this file, also more often than a block or a window holds.
    fn texts() -> Vec<Vec<u8>> {
        let source = include_bytes!("mod.rs").to_vec();
        let mut state = 7_u64;
        let mut noise = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % below) as u8
        };
        let mut texts = vec![vec![], b"{}".to_vec(), vec![b'a'; 258], vec![b' '; 70_000], source.repeat(30)];
        for (below, length) in [(256, 300), (256, 80_000), (3, 5_000), (60, 100_000), (1, 4)] {
            texts.push((0..length).map(|_| noise(below)).collect());
        }
        texts.extend((0..source.len()).step_by(97).map(|end| source[..end].to_vec()));
        // Frequencies that grow as Fibonacci's numbers want longer codes than there may be.
        let (mut one, mut other) = (1, 1);
        let grown = (0..22).flat_map(|byte| {
            (one, other) = (other, one + other);
            std::iter::repeat_n(byte, one)
        });
        let mut grown: Vec<u8> = grown.collect();
        (1..grown.len()).for_each(|at| grown.swap(at, (at * 7919) % (at + 1)));
        texts.push(grown);
        texts
    }

    #[test]
    fn the_library_reads_what_is_written_here() {
        for text in texts() {
            let packed = pack(&text);
            assert_eq!(decompress_to_vec_zlib(&packed).ok().as_ref(), Some(&text));
            assert_eq!(unpack(&packed, text.len()), Ok(text));
        }
    }

    #[test]
    fn what_the_library_writes_is_read_here() {
        for text in texts() {
            for level in [0, 1, 6, 9] {
                assert_eq!(unpack(&compress_to_vec_zlib(&text, level), text.len()).as_ref(), Ok(&text));
            }
        }
    }

    #[test]
    fn packs_as_tightly_as_the_library() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/www/examples")).unwrap();
        let files = folder.map(|entry| std::fs::read(entry.unwrap().path().join("definition.json")).unwrap());
        let sizes: Vec<_> = files.map(|text| (pack(&text).len(), compress_to_vec_zlib(&text, 9).len())).collect();
        let own: usize = sizes.iter().map(|(own, _)| own).sum();
        let library: usize = sizes.iter().map(|(_, library)| library).sum();
        assert!(own > 0 && own <= library + library / 200, "{own} bytes, and {library} by the library");
    }

    #[test]
    fn refuses_what_the_library_refuses() {
        let packed = pack(&include_bytes!("mod.rs")[..300]);
        for at in 0..packed.len() {
            assert_eq!(unpack(&packed[..at], usize::MAX), Err(Unreadable::Damaged), "cut at {at}");
            for bit in 0..8 {
                let mut changed = packed.clone();
                changed[at] ^= 1 << bit;
                assert_eq!(unpack(&changed, usize::MAX).ok(), decompress_to_vec_zlib(&changed).ok(), "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn stops_at_the_most() {
        assert_eq!(unpack(&pack(&[7; 1000]), 1000), Ok(vec![7; 1000]));
        assert_eq!(unpack(&pack(&[7; 1001]), 1000), Err(Unreadable::TooLarge));
    }
}
