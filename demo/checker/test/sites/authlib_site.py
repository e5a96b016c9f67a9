"""A site with Flask and Authlib, as the documentation of Authlib says.

Settings come as JSON in the variable SITE; the first line of output is the port.
"""

import json
import logging
import os

import flask
from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import JWKRegistry
from werkzeug.serving import make_server

settings = json.loads(os.environ["SITE"])
# Asks UserInfo too and takes what it answers, and limits the time of each request.
hardened = settings.get("hardened", False)
logging.getLogger("werkzeug").setLevel(logging.ERROR)

app = flask.Flask(__name__)
app.secret_key = os.urandom(32)
app.logger.disabled = True

key = settings["key"]
token_endpoint = settings["issuer"] + "/protocol/openid-connect/token"
oauth = OAuth(app)
oauth.register(
    "service",
    client_id=settings["clientId"],
    client_secret=JWKRegistry.import_key(key),
    server_metadata_url=settings["issuer"] + "/.well-known/openid-configuration",
    client_kwargs={
        "scope": "openid name",
        "code_challenge_method": "S256",
        "token_endpoint_auth_method": "private_key_jwt",
        **({"default_timeout": 5} if hardened else {}),
    },
    client_auth_methods=[PrivateKeyJWT(token_endpoint, alg=key["alg"], headers={"kid": key["kid"]})],
)


@app.get("/login")
def login():
    return oauth.service.authorize_redirect(f"http://localhost:{port}/callback")


@app.get("/callback")
def callback():
    token = oauth.service.authorize_access_token()
    user = token["userinfo"]
    if hardened:
        user = oauth.service.userinfo(token=token)
    flask.session["sub"] = user["sub"]
    return flask.redirect("/")


@app.get("/")
def home():
    if "sub" in flask.session:
        return "<!doctype html><title>Site</title><p>Welcome back.</p>"
    return '<!doctype html><title>Site</title><a href="/login">Log in</a>'


@app.errorhandler(Exception)
def failed(error):
    status = getattr(error, "code", 400)
    return "<!doctype html><title>Site</title><p>The login failed.</p>", status if isinstance(status, int) else 400


server = make_server("127.0.0.1", 0, app, threaded=True)
port = server.server_port
print(json.dumps({"port": port}), flush=True)
server.serve_forever()
