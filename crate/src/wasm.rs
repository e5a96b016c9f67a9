//! The bindings: conversion only. See [`crate::boundary`].
#![allow(unsafe_code, reason = "what wasm-bindgen generates")]

use wasm_bindgen::prelude::wasm_bindgen;

/// Verifies an ID token; see [`crate::boundary::verify_id_token`].
#[wasm_bindgen]
#[must_use]
pub fn verify_id_token(token: &str, keys: &str, options: &str) -> String {
    crate::boundary::verify_id_token(token, keys, options)
}
