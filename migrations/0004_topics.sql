CREATE TABLE IF NOT EXISTS console_topics (
    topic VARCHAR(20) NOT NULL,
    writer BINARY(16) NOT NULL,
    version BIGINT NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (topic, writer)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
