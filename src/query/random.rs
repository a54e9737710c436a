//! Pseudo-random numbers as `java.util.Random` makes them, which AWS's functions use: one seed, one sequence.

/// The linear congruential generator that the Java platform's specification of `java.util.Random` lays down.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

const MULTIPLIER: u64 = 0x5_DEEC_E66D;
const MASK: u64 = (1 << 48) - 1;

impl Random {
    pub const fn new(seed: i64) -> Random {
        Random { state: (seed as u64 ^ MULTIPLIER) & MASK }
    }

    /// The next `bits` bits, at most 32, as Java's `next(bits)`.
    pub fn next_bits(&mut self, bits: u32) -> i32 {
        self.state = (self.state.wrapping_mul(MULTIPLIER).wrapping_add(0xB)) & MASK;
        (self.state >> (48 - bits)) as i32
    }

    /// As `nextLong()`.
    pub fn next_i64(&mut self) -> i64 {
        let high = i64::from(self.next_bits(32)) << 32;
        high.wrapping_add(i64::from(self.next_bits(32)))
    }

    /// At least 0 and less than 1, as `nextDouble()`.
    pub fn next_f64(&mut self) -> f64 {
        let high = i64::from(self.next_bits(26)) << 27;
        (high + i64::from(self.next_bits(27))) as f64 / (1_i64 << 53) as f64
    }

    /// At least 0 and less than `bound`, as `nextInt(bound)`; 0 for a bound that is not positive.
    pub fn below(&mut self, bound: i32) -> i32 {
        if bound <= 0 {
            return 0;
        }
        if bound & (bound - 1) == 0 {
            return ((i64::from(bound) * i64::from(self.next_bits(31))) >> 31) as i32;
        }
        loop {
            let bits = self.next_bits(31);
            let value = bits % bound;
            // The last numbers before 2^31 would favour the small ones.
            if bits.checked_add(bound - 1 - value).is_some() {
                return value;
            }
        }
    }

    /// A UUID of version 4: `xxxxxxxx-xxxx-4xxx-[89ab]xxx-xxxxxxxxxxxx`.
    pub fn uuid(&mut self) -> String {
        let high = self.next_i64() as u64 & !0xF000 | 0x4000;
        let low = self.next_i64() as u64 & !(0b11 << 62) | 0b10 << 62;
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xFFFF,
            high & 0xFFFF,
            low >> 48,
            low & 0xFFFF_FFFF_FFFF
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the Java platform: `new Random(42)` and `new Random(0)`.
    #[test]
    fn follows_java() {
        assert_eq!(Random::new(42).next_f64(), 0.7275636800328681);
        assert_eq!(Random::new(42).next_bits(32), -1170105035);
        assert_eq!(Random::new(42).next_i64(), -5025562857975149833);
        assert_eq!(Random::new(0).next_f64(), 0.730967787376657);
        let mut random = Random::new(42);
        assert_eq!([10, 10, 10, 10].map(|bound| random.below(bound)), [0, 3, 8, 4]);
    }

    #[test]
    fn uuids_tell_their_version() {
        let mut random = Random::new(7);
        for _ in 0..100 {
            let uuid = random.uuid();
            assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
            assert!(matches!(&uuid[19..20], "8" | "9" | "a" | "b"), "{uuid}");
        }
    }
}
