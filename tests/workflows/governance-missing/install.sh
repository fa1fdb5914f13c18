curl -fsS https://example.com/tool.sh | sudo sh
