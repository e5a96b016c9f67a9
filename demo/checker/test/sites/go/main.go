// A site with go-oidc and golang.org/x/oauth2, as their documentation says.
// Settings come as JSON in the variable SITE; the first line of output is the port.
package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	oidc "github.com/coreos/go-oidc"
	"golang.org/x/oauth2"
	"gopkg.in/square/go-jose.v2"
	"gopkg.in/square/go-jose.v2/jwt"
)

type settings struct {
	Issuer   string          `json:"issuer"`
	ClientID string          `json:"clientId"`
	Key      json.RawMessage `json:"key"`
	// Also calls VerifyAccessToken, which is a call of its own, and limits the time of each request.
	Hardened bool `json:"hardened"`
}

type session struct{ verifier, state, nonce, sub string }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func random() string {
	bytes := make([]byte, 32)
	_, err := rand.Read(bytes)
	must(err)
	return base64.RawURLEncoding.EncodeToString(bytes)
}

func main() {
	var site settings
	must(json.Unmarshal([]byte(os.Getenv("SITE")), &site))
	var key jose.JSONWebKey
	must(json.Unmarshal(site.Key, &key))
	ctx := context.Background()
	if site.Hardened {
		ctx = oidc.ClientContext(ctx, &http.Client{Timeout: 5 * time.Second})
	}
	provider, err := oidc.NewProvider(ctx, site.Issuer)
	must(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	port := listener.Addr().(*net.TCPAddr).Port
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInParams
	config := oauth2.Config{
		ClientID:    site.ClientID,
		Endpoint:    endpoint,
		RedirectURL: fmt.Sprintf("http://localhost:%d/callback", port),
		Scopes:      []string{oidc.ScopeOpenID, "name"},
	}
	verifier := provider.Verifier(&oidc.Config{ClientID: site.ClientID, SupportedSigningAlgs: []string{"ES256"}})

	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.SignatureAlgorithm(key.Algorithm), Key: key},
		(&jose.SignerOptions{}).WithType("JWT"),
	)
	must(err)
	assertion := func() string {
		now := time.Now()
		text, err := jwt.Signed(signer).Claims(jwt.Claims{
			Issuer: site.ClientID, Subject: site.ClientID, Audience: jwt.Audience{endpoint.TokenURL},
			ID: random(), IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(time.Minute)),
		}).CompactSerialize()
		must(err)
		return text
	}

	var lock sync.Mutex
	sessions := map[string]session{}
	find := func(request *http.Request) (string, session, bool) {
		cookie, err := request.Cookie("session")
		if err != nil {
			return "", session{}, false
		}
		lock.Lock()
		defer lock.Unlock()
		found, ok := sessions[cookie.Value]
		return cookie.Value, found, ok
	}
	open := func(response http.ResponseWriter, content session) {
		id := random()
		lock.Lock()
		sessions[id] = content
		lock.Unlock()
		http.SetCookie(response, &http.Cookie{Name: "session", Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}

	finish := func(request *http.Request, kept session) (string, error) {
		query := request.URL.Query()
		if query.Get("state") != kept.state {
			return "", errors.New("state did not match")
		}
		token, err := config.Exchange(ctx, query.Get("code"),
			oauth2.SetAuthURLParam("code_verifier", kept.verifier),
			oauth2.SetAuthURLParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
			oauth2.SetAuthURLParam("client_assertion", assertion()))
		if err != nil {
			return "", err
		}
		raw, ok := token.Extra("id_token").(string)
		if !ok {
			return "", errors.New("no id_token")
		}
		idToken, err := verifier.Verify(ctx, raw)
		if err != nil {
			return "", err
		}
		if idToken.Nonce != kept.nonce {
			return "", errors.New("nonce did not match")
		}
		if site.Hardened {
			if err := idToken.VerifyAccessToken(token.AccessToken); err != nil {
				return "", err
			}
		}
		info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return "", err
		}
		if info.Subject != idToken.Subject {
			return "", errors.New("sub did not match")
		}
		return idToken.Subject, nil
	}

	page := func(response http.ResponseWriter, status int, body string) {
		response.Header().Set("content-type", "text/html; charset=utf-8")
		response.WriteHeader(status)
		fmt.Fprintf(response, "<!doctype html><title>Site</title>%s", body)
	}
	http.HandleFunc("/login", func(response http.ResponseWriter, request *http.Request) {
		kept := session{verifier: random(), state: random(), nonce: random()}
		open(response, kept)
		challenge := sha256.Sum256([]byte(kept.verifier))
		http.Redirect(response, request, config.AuthCodeURL(kept.state, oidc.Nonce(kept.nonce),
			oauth2.SetAuthURLParam("code_challenge", base64.RawURLEncoding.EncodeToString(challenge[:])),
			oauth2.SetAuthURLParam("code_challenge_method", "S256")), http.StatusFound)
	})
	http.HandleFunc("/callback", func(response http.ResponseWriter, request *http.Request) {
		id, kept, ok := find(request)
		if !ok || kept.state == "" {
			page(response, http.StatusBadRequest, "<p>The login failed.</p>")
			return
		}
		lock.Lock()
		delete(sessions, id)
		lock.Unlock()
		sub, err := finish(request, kept)
		if err != nil {
			page(response, http.StatusBadRequest, "<p>The login failed.</p>")
			return
		}
		open(response, session{sub: sub})
		http.Redirect(response, request, "/", http.StatusSeeOther)
	})
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		if _, found, ok := find(request); ok && found.sub != "" {
			page(response, http.StatusOK, "<p>Welcome back.</p>")
			return
		}
		page(response, http.StatusOK, `<a href="/login">Log in</a>`)
	})
	fmt.Printf("{\"port\": %d}\n", port)
	must(http.Serve(listener, nil))
}
