#![doc = "marsai"]
