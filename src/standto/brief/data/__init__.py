"""What ships with the brief: land, the script that draws symbols, a typeface; `README.md` says where from."""
