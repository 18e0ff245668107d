CREATE TABLE IF NOT EXISTS console_preferences (
    id_user INT NOT NULL,
    name VARCHAR(190) NOT NULL,
    value TEXT NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id_user, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
