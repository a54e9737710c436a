//! Letters as the page has JavaScript know them, against the standard library.

use crate::native;
use asl_playground::letters;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn known_as_natively() {
    // Browsers and compilers know Unicode up to different versions.
    let unknown = js_sys::RegExp::new(r"\p{Cn}", "u");
    for character in (0..0x1_0000).chain(0x1_0400..0x1_0500).filter_map(char::from_u32) {
        let text = character.to_string();
        if unknown.test(&text) {
            continue;
        }
        let ours =
            (letters::is_letter(character), letters::is_letter_or_digit(character), letters::lower(&text), letters::upper(&text));
        let theirs =
            (native::is_letter(character), native::is_letter_or_digit(character), native::lower(&text), native::upper(&text));
        assert_eq!(ours, theirs, "{character:?}");
    }
}

#[wasm_bindgen_test]
fn cased_as_natively_in_words() {
    for text in ["", "Plain", "ΟΔΟΣ ΣΑΣ Σ", "İstanbul", "STRASSE straße", "ǅ ǆ Ǆ", "ﬁn", "Ἀθῆναι ᾳ", "😀Éa", "𐐀𐐨"]
    {
        assert_eq!((letters::lower(text), letters::upper(text)), (native::lower(text), native::upper(text)));
    }
}
