"""The positive control: put, update, send, with counted slots and no look-up. The harness must find it broken."""
