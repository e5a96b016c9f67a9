// Servers on Node with a handler for all of their paths, as a site mounts honnin's in each framework.
import { createServer } from "node:http";
import { connect, createServer as createHttp2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import express5 from "express";
// @ts-expect-error -- The types are those of Express 5.
import untypedExpress4 from "express4";
import fastify from "fastify";
import type { NodeHandler } from "honnin/relying-party/node";

/** A server that is running. */
export interface Running {
  readonly port: number;
  close(): Promise<void>;
}

const express4: typeof express5 = untypedExpress4;

/** What answers a path that is not honnin's. */
const elsewhere = "elsewhere";

async function listening(server: ReturnType<typeof createServer>): Promise<Running> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Starts each server with the handler that is made for it. The handler is mounted before parsers of bodies. */
export const servers: Readonly<Record<string, (handler: NodeHandler) => Promise<Running>>> = {
  "node:http": (handler) =>
    listening(
      createServer((incoming, outgoing) => {
        handler(incoming, outgoing, () => outgoing.end(elsewhere));
      }),
    ),
  "Express 5": (handler) =>
    listening(
      createServer(
        express5()
          .use(handler)
          .use(express5.json(), express5.urlencoded())
          .use((_, response) => void response.send(elsewhere)),
      ),
    ),
  "Express 4, mounted at a path": (handler) =>
    listening(
      createServer(
        express4()
          .use("/auth", handler)
          .use(express4.json())
          .use((_, response) => void response.send(elsewhere)),
      ),
    ),
  "Fastify 5": async (handler) => {
    const app = fastify();
    await app.register(async (auth) => {
      auth.removeAllContentTypeParsers();
      auth.addContentTypeParser("*", (_request, _body, done) => done(null));
      auth.all("/*", (request, reply) => {
        reply.hijack();
        handler(request.raw, reply.raw, () => reply.raw.end(elsewhere));
      });
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return listening(app.server);
  },
  Nest: async (handler) => {
    class Application {}
    Module({})(Application);
    const app = await NestFactory.create<NestExpressApplication>(Application, { logger: false });
    app.use(handler);
    app.use((_: unknown, response: { end(text: string): void }) => response.end(elsewhere));
    await app.listen(0, "127.0.0.1");
    return listening(app.getHttpServer());
  },
};

/** HTTP/2 without TLS, which `fetch` does not speak. */
export async function startHttp2(handler: NodeHandler): Promise<Running> {
  const server = createHttp2Server((incoming, outgoing) => handler(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** One request over HTTP/2. */
export async function fetchHttp2(
  port: number,
  headers: Record<string, string | string[]>,
  body: string | undefined = undefined,
): Promise<{ readonly headers: Record<string, unknown>; readonly text: string }> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    const stream = session.request(headers, { endStream: body === undefined });
    if (body !== undefined) stream.end(body);
    const answered = new Promise<Record<string, unknown>>((resolve, reject) => {
      stream.once("response", resolve).once("error", reject);
    });
    const [first, text] = await Promise.all([answered, Readable.from(stream).toArray()]);
    return { headers: first, text: Buffer.concat(text as Buffer[]).toString() };
  } finally {
    session.close();
  }
}
