#![no_main]

honnin_fuzz::target!("package");
