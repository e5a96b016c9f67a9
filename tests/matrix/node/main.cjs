const honnin = require("honnin");
const launch = require("honnin/launch");
const { relyingParty } = require("honnin/relying-party");
const { default: given } = require("./honnin/given.js");
const { answers, launches, siteOf, verifies } = require("./honnin/things.js");

async function main() {
  const site = siteOf({ ...launch, relyingParty }, given);
  const things = {
    ...(await verifies(honnin, given)),
    ...(await launches(launch)),
    ...(await answers(site)),
  };
  console.log(JSON.stringify(things));
}

void main();
