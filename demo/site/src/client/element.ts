// `<honnin-login>`, for the QR code on the home page.
import "honnin/element";
