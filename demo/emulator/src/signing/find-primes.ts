// Issues every card once, so that HONNIN_PRIMES has the primes of all of them and of their CAs.
import { people } from "../people.js";
import { Cards, canSign, cardKinds } from "./cards.js";

const cards = await Cards.of(new Date());
for (const person of people.filter(canSign)) for (const kind of cardKinds) await cards.leaf(person, kind);
