//! Local storage and the address.

use asl_playground::bridge::location;
use asl_playground::bridge::storage::{NotKept, Storage};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn what_is_kept_is_found_again() {
    let storage = Storage::local();
    storage.set("test", "é😀").unwrap();
    assert_eq!(storage.get("test").as_deref(), Some("é😀"));
    assert!(storage.keys().contains(&"test".to_owned()));
    storage.remove("test");
    assert_eq!(storage.get("test"), None);
}

#[wasm_bindgen_test]
fn full_storage_is_told() {
    let storage = Storage::local();
    let key = |at: u32| format!("fill{at}");
    let megabyte = "x".repeat(1 << 20);
    let refused = (0..64).find_map(|at| storage.set(&key(at), &megabyte).err());
    (0..64).for_each(|at| storage.remove(&key(at)));
    assert_eq!(refused, Some(NotKept::Full));
}

#[wasm_bindgen_test]
fn the_fragment_is_taken_out_of_the_address() {
    let window = web_sys::window().unwrap();
    window.location().set_hash("v1.abc").unwrap();
    assert_eq!(location::fragment(), "#v1.abc");
    location::clear_fragment();
    assert_eq!(location::fragment(), "");
    assert_eq!(location::base(), window.location().href().unwrap());
}
