chmod +x make.sh; ln -sf make.sh link
