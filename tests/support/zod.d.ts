// Stands in for the types of a package that we do not use (see tsconfig.base.json).
export {};
