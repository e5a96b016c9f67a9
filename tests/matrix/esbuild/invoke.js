// Stands in for Lambda's runtime.
const { handler } = await import(process.argv[2]);
const { body } = await handler({ rawPath: "/six", headers: { host: "shop.example" } });
console.log(body);
