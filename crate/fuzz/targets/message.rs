#![no_main]

honnin_fuzz::target!("message");
