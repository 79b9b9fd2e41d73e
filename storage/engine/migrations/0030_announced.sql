-- A hamlet in use that was announced in words (`em sang xóm 6 rồi`) ends when its person tells of work in another one.

ALTER TABLE hamlets_used ADD COLUMN announced INTEGER NOT NULL DEFAULT 0; -- 1: said in words; 0: chosen, until 04:00
