export const usage = `honnin keygen [--alg ALG] [--kid ID] [--out FILE] [--force]
honnin keygen --cookie-secret [--out FILE] [--force]
honnin keygen --env FILE [--alg ALG] [--kid ID]

  クライアントの鍵ペアを作ります。公開鍵の JWK Set を標準出力に、秘密鍵をファイルに書きます。
  Creates the client's key pair: the public JWK Set on standard output, the private key in a file.

  --alg ALG    アルゴリズム / algorithm                     [RS256]
               クライアント認証 / client authentication: RS256, PS256, ES256
               署名結果の復号 / decrypting signature results:
               RSA-OAEP-256, ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A256KW
  --kid ID     鍵の識別子 / key identifier                  [RFC 7638 thumbprint]
  --cookie-secret
               鍵ペアの代わりに、cookieSecret に使うランダムな文字列をファイルに書きます。
               Writes a random string for cookieSecret to a file instead of creating a key pair.
  --env FILE   秘密鍵と、cookieSecret に使うランダムな文字列を、CLIENT_KEY と COOKIE_SECRET として FILE (.env など) に書き足します。
               Adds the private key and a random string for cookieSecret to FILE (such as .env), as CLIENT_KEY and COOKIE_SECRET.
  --out FILE   秘密鍵のファイル / file for the private key
               [client-key.json, decryption-key.json, cookie-secret.txt]
  --force      既存のファイルを置き換える / replace an existing file
  -h, --help   この説明を表示する / show this text
  --version    版を表示する / show the version
`;
