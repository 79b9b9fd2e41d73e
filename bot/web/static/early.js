// Opens the connection while the chat's own files are still on their way; the chat takes it over.

self.early = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
self.early.onclose = ({ code }) => (self.early.ended = code);
