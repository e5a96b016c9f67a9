"use client";

import { useEffect } from "react";
import { page } from "../honnin/page.js";
import { show } from "../honnin/show.js";

export default function Things() {
  useEffect(() => {
    show(page);
  }, []);
  return null;
}
