document.title = 'Waybill';
