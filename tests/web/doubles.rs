//! Doubles as the page has JavaScript read and write them, against the libraries that native code does it with.

use crate::native;
use asl_playground::float;
use wasm_bindgen_test::wasm_bindgen_test;

/// Doubles of all sizes, short decimals, halves, powers of two and ten with their neighbours, the smallest and the largest.
fn doubles() -> Vec<f64> {
    let mut random = asl_playground::query::random::Random::new(7);
    let mut found =
        vec![0.0, 0.5, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1e21, 1e21_f64.next_down(), 123_456_789_012_345_680_000_000.0];
    for at in 0..2000 {
        let digits = random.next_i64() % 10_i64.pow(at % 19);
        found.push(digits as f64 / 10_f64.powi(at as i32 / 19 % 20));
        found.push(f64::from_bits(random.next_i64() as u64));
        found.push(f64::from_bits(random.next_i64() as u64 >> (12 + at % 52)));
        found.push((random.next_i64() >> (at % 60 + 4)) as f64 / 2_f64.powi(at as i32 % 12));
    }
    for power in -1074..1024 {
        found.extend([2_f64.powi(power).next_down(), 2_f64.powi(power), 2_f64.powi(power).next_up()]);
    }
    for power in -320..=308 {
        let ten: f64 = format!("1e{power}").parse().unwrap();
        found.extend([ten.next_down(), ten, ten.next_up()]);
    }
    found.retain(|value| value.is_finite());
    found.extend(found.clone().iter().map(|value| -value));
    found
}

#[wasm_bindgen_test]
fn written_shortest() {
    for value in doubles().into_iter().chain([f64::INFINITY, f64::NEG_INFINITY, f64::NAN]) {
        let mut text = String::new();
        native::write(value, &mut text);
        assert_eq!(float::shortest(value), text);
    }
}

#[wasm_bindgen_test]
fn written_to_a_place() {
    for value in doubles() {
        for places in [0, 1, 2, 3, 7, 20, 100] {
            assert_eq!(float::fixed(value, places), native::fixed(value, places), "{value:e} to {places} places");
        }
    }
}

#[wasm_bindgen_test]
fn rounded_to_digits() {
    for value in doubles() {
        for count in [1, 2, 15, 16, 17] {
            let rounded = native::precise(value.abs(), count).parse::<f64>().unwrap().copysign(value);
            assert_eq!(float::significant(value, count).to_bits(), rounded.to_bits(), "{value:e} to {count} digits");
        }
    }
}

#[wasm_bindgen_test]
fn read_from_all_notations() {
    let read = |text: &str| assert_eq!(float::parse(text).map(f64::to_bits), native::read(text).map(f64::to_bits), "{text}");
    for value in doubles() {
        // The last is the middle between two doubles, or close to it.
        let middle = format!("{}5", native::fixed(value, 60));
        for text in [
            format!("{value:e}"),
            format!("{value:.1}"),
            format!("{value:.25e}"),
            format!("{value:.14e}"),
            format!("+{value:e}"),
            middle,
        ] {
            read(&text);
        }
    }
    let broken = ["", ".", "-", "+", "e", "e5", "1e", "1e+", "1.2.3", "--1", "1-", "1e5.0", "+-1", ".e1"];
    broken
        .iter()
        .chain(&["1.", ".5", "1.e5", "-.5e-7", "00012", "1E5", "1e999", "-1e999", "1e-999", "-0", "1e99999999999999999999"])
        .for_each(|text| read(text));
    for word in ["Infinity", "0x10", " 1", "1 ", "1_0", "NaN", "1n"] {
        assert_eq!(float::parse(word), None, "{word}");
    }
}

#[wasm_bindgen_test]
fn raised_to_a_power() {
    for power in -249..=249 {
        assert_eq!(float::power(10.0, f64::from(power)), format!("1e{power}").parse::<f64>().unwrap(), "10 to the {power}");
    }
    for (number, power, result) in [(10.0, -5.0, 1e-5), (0.9, 4.0, 0.6561), (1.07, 3.0, 1.225_043)] {
        assert_eq!(float::power(number, power), result, "{number} to the {power}");
    }
    // Where no whole power is asked for, each host has its own last digit.
    for number in [0.0, -0.0, 1.0, 2.0, -3.0, 10.0, 0.5, 1.1, 1e300, f64::INFINITY] {
        for power in [0.5, -2.5, 0.1, 1e3, -1e300, f64::NEG_INFINITY] {
            let (ours, theirs) = (float::power(number, power), native::power(number, power));
            let near = (ours - theirs).abs() <= theirs.abs() * f64::EPSILON || ours.is_nan() && theirs.is_nan();
            assert!(near || ours == theirs || number == 1.0, "{number} to the {power}: {ours}, {theirs}");
        }
    }
}
