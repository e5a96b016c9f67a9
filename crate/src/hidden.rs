/// Implements `Debug` for types that contain parts of certificates and messages. The output names the type
/// only, because the contents may be personal data.
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
