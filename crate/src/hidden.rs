/// `Debug` for types that hold parts of certificates and messages: says what it is, never what it holds, which may be
/// somebody's name and address.
macro_rules! hidden {
    (@owned $($name:ident)*) => {
        $(impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        })*
    };
    ($($name:ident)*) => {
        $(impl core::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        })*
    };
}
