-- A database has an epoch: begun when it is made (or first opened by this version), and anew by every restore.
INSERT INTO meta (name, value) VALUES ('epoch', lower(hex(randomblob(8))));
