//! The WebAssembly bindings, which only convert. See [`crate::boundary`].
#![allow(unsafe_code, reason = "what wasm-bindgen generates")]

use wasm_bindgen::prelude::wasm_bindgen;

/// See [`crate::boundary::verify_id_token`].
#[wasm_bindgen]
#[must_use]
pub fn verify_id_token(token: &str, keys: &str, options: &str) -> String {
    crate::boundary::verify_id_token(token, keys, options)
}

/// See [`crate::boundary::verify_certificate`].
#[wasm_bindgen]
#[must_use]
pub fn verify_certificate(options: &str, bytes: &[u8]) -> String {
    crate::boundary::verify_certificate(options, bytes)
}

/// See [`crate::boundary::verify_signature`].
#[wasm_bindgen]
#[must_use]
pub fn verify_signature(options: &str, bytes: &[u8]) -> String {
    crate::boundary::verify_signature(options, bytes)
}

/// See [`crate::boundary::verify_signed_data`].
#[wasm_bindgen]
#[must_use]
pub fn verify_signed_data(options: &str, bytes: &[u8]) -> String {
    crate::boundary::verify_signed_data(options, bytes)
}

/// See [`crate::boundary::read_holder`].
#[wasm_bindgen]
#[must_use]
pub fn read_holder(options: &str, bytes: &[u8]) -> String {
    crate::boundary::read_holder(options, bytes)
}

/// See [`crate::boundary::inspect`].
#[wasm_bindgen]
#[must_use]
pub fn inspect(options: &str, bytes: &[u8]) -> String {
    crate::boundary::inspect(options, bytes)
}

/// See [`crate::boundary::read_signed_package`].
#[wasm_bindgen]
#[must_use]
pub fn read_signed_package(options: &str, bytes: &[u8]) -> String {
    crate::boundary::read_signed_package(options, bytes)
}

/// See [`crate::boundary::verify_signed_package`].
#[wasm_bindgen]
#[must_use]
pub fn verify_signed_package(options: &str, bytes: &[u8]) -> String {
    crate::boundary::verify_signed_package(options, bytes)
}

/// See [`crate::boundary::choose_evidence`].
#[wasm_bindgen]
#[must_use]
pub fn choose_evidence(options: &str, bytes: &[u8]) -> String {
    crate::boundary::choose_evidence(options, bytes)
}

/// See [`crate::boundary::digest`].
#[wasm_bindgen]
#[must_use]
pub fn digest(options: &str, bytes: &[u8]) -> String {
    crate::boundary::digest(options, bytes)
}
