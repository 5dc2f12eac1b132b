"""Pages of recruitment and training: public site, form, contact person, organisers, setting up."""
