// The order of elements and the attributes that Netvisor demands, by kind of document.
// "?" may be missing, "*" any number, "+" one or more, "|" one of them.

interface DocumentOrder {
  readonly children: Readonly<Record<string, string>>;
  /** "element@attribute": "(allowed|values) #REQUIRED". */
  readonly attributes: Readonly<Record<string, string>>;
}

const salesinvoice: DocumentOrder = {
  children: {
    root: "salesinvoice",
    salesinvoice: `
      salesinvoicenumber? salesinvoicedate salesinvoiceeventdate? salesinvoiceduedate?
      salesinvoicevaluedate? salesinvoicedeliverydate? salesinvoicedeliverytocustomerdate?
      salesinvoicewaybillidentifier? salesinvoicereferencenumber? salesinvoiceamount
      selleridentifier? sellername? invoicetype? salesinvoicestatus
      salesinvoicefreetextbeforelines? salesinvoicefreetextafterlines? salesinvoiceourreference?
      salesinvoiceyourreference? salesinvoiceprivatecomment? invoicingcustomeridentifier
      invoicingcustomername? invoicingcustomernameextension? invoicingcustomeraddressline?
      invoicingcustomeradditionaladdressline? invoicingcustomerpostnumber?
      invoicingcustomertown? invoicingcustomercountrycode? officeidentifier? deliveryoffice?
      deliveryaddressname? deliveryaddressnameextension? deliveryaddressline?
      deliveryaddresspostnumber? deliveryaddresstown? deliveryaddresscountrycode?
      deliverymethod? deliveryterm? salesinvoicetaxhandlingtype? paymenttermnetdays?
      paymenttermcashdiscountdays? paymenttermcashdiscount? expectpartialpayments?
      trydirectdebitlink? overridevouchersalesreceivablesaccountnumber? invoicesubjecttype?
      salesinvoiceagreementidentifier? printchannelformat? secondname? overriderateofoverdue?
      ordernumber? invoicelines invoicevoucherlines? salesinvoiceaccrual? accrualrule?
      salesinvoiceattachments? customtags?
    `,
    invoicelines: "invoiceline+",
    invoiceline: "salesinvoiceproductline | salesinvoicecommentline",
    salesinvoiceproductline: `
      productidentifier productname productunitprice productunitpurchaseprice?
      productvatpercentage salesinvoiceproductlinequantity
      salesinvoiceproductlinediscountpercentage? salesinvoiceproductlinefreetext?
      salesinvoiceproductlinevatsum? salesinvoiceproductlinesum?
      salesinvoiceproductlineinventoryid? accountingaccountsuggestion? skipaccrual? dimension*
      provisionpercentage? accrualrule? productunitname?
    `,
    salesinvoicecommentline: "comment",
    invoicevoucherlines: "voucherline+",
    voucherline: "linesum description? accountnumber vatpercent skipaccrual? dimension*",
    dimension: "dimensionname dimensionitem metadata*",
    metadata: "data",
    salesinvoiceaccrual: `
      overridedefaultsalesaccrualaccountnumber? salesinvoiceaccrualtype? accrualvoucherentry+
    `,
    accrualvoucherentry: "month year sum",
    salesinvoiceattachments: "salesinvoiceattachment+",
    salesinvoiceattachment: "mimetype attachmentdescription filename documentdata printbydefault?",
    customtags: "tag*",
    tag: "tagname tagvalue",
    accrualrule: "startmonth startyear endmonth? endyear? divisioncurvename?",
  },
  attributes: {
    "salesinvoicedate@format": "CDATA 'ansi'",
    "salesinvoiceeventdate@format": "CDATA 'ansi'",
    "salesinvoiceduedate@format": "CDATA 'ansi'",
    "salesinvoicevaluedate@format": "CDATA 'ansi'",
    "salesinvoicedeliverydate@format": "CDATA 'ansi'",
    "salesinvoicedeliverytocustomerdate@format": "CDATA 'ansi'",
    "salesinvoicedeliverytocustomerdate@type": "(date|weeknumber) #REQUIRED",
    "salesinvoiceamount@iso4217currencycode": "CDATA #IMPLIED",
    "salesinvoiceamount@currencyrate": "CDATA #IMPLIED",
    "salesinvoiceamount@pricetype": "(netvisor|customer) #IMPLIED",
    "selleridentifier@type": "(netvisor|customer) #IMPLIED",
    "salesinvoicestatus@type": "CDATA 'netvisor'",
    "invoicingcustomeridentifier@type": "(netvisor|customer|organizationunitnumber) #REQUIRED",
    "invoicingcustomeridentifier@contactpersonid": "CDATA #IMPLIED",
    "invoicingcustomercountrycode@type": "CDATA 'ISO-xxx'",
    "trydirectdebitlink@mode": "(ignore_error|fail_on_error) #REQUIRED",
    "printchannelformat@type": "(netvisor|customer) #REQUIRED",
    "secondname@type": "(netvisor|customer) #REQUIRED",
    "officeidentifier@type": "(automatic) #IMPLIED",
    "deliveryoffice@type": "(netvisor|customer) #REQUIRED",
    "deliveryaddresscountrycode@type": "CDATA 'ISO-xxx'",
    "productidentifier@type": "(netvisor|customer|primaryeancode|secondaryeancode) #REQUIRED",
    "productunitprice@type": "(net|gross|netvisor) #REQUIRED",
    "productunitpurchaseprice@type": "(net) #REQUIRED",
    "productvatpercentage@vatcode":
      "(NONE|KOOS|EUOS|EUUO|EUPO|100|KOMY|EUMY|EUUM|EUPM312|EUPM309|MUUL|EVTO|EVPO" +
      "|EVKV|KAVE|RAMY|RAOS|EVRO|MAAL|EVMA|KOMY0) #IMPLIED",
    "paymenttermcashdiscount@type": "(percentage|sum) #REQUIRED",
    "linesum@type": "(net|gross) #REQUIRED",
    "vatpercent@vatcode":
      "(NONE|KOOS|EUOS|EUUO|EUPO|100|KOMY|EUMY|EUUM|EUPM312|EUPM309|MUUL|EVTO|EVPO" +
      "|EVKV|KAVE|RAMY|RAOS|EVRO|MAAL|EVMA|KOMY0) #REQUIRED",
    "dimensionitem@integrationdimensiondetailguid": "CDATA #IMPLIED",
    "documentdata@type": "(finvoice|pdf) #IMPLIED",
    "tagvalue@datatype": "(date|text|float|enum) #REQUIRED",
  },
};

const customer: DocumentOrder = {
  children: {
    root: "customer",
    customer: `
      customerbaseinformation customerfinvoicedetails? customermaventaedidetails?
      customerdeliverydetails? customercontactdetails? customeradditionalinformation?
      customerdimensiondetails?
    `,
    customerbaseinformation: `
      internalidentifier? externalidentifier? organizationunitnumber? name? nameextension?
      streetaddress? additionaladdressline? city? postnumber? country? customergroupname?
      phonenumber? faxnumber? email? homepageuri? isactive? isprivatecustomer?
      emailinvoicingaddress?
    `,
    customerfinvoicedetails: "finvoiceaddress? finvoiceroutercode?",
    customermaventaedidetails: "maventaedichannel maventaedicustomeridentifier?",
    customerdeliverydetails: `
      deliveryname? deliverystreetaddress? deliverycity? deliverypostnumber? deliverycountry?
    `,
    customercontactdetails: "contactname? contactperson? contactpersonemail? contactpersonphone?",
    customeradditionalinformation: `
      comment? customeragreementidentifier? customerreferencenumber? directdebitbankaccount?
      invoicinglanguage? invoiceprintchannelformat? yourdefaultreference?
      defaulttextbeforeinvoicelines? defaulttextafterinvoicelines? defaultpaymentterm?
      defaultsalesperson?
    `,
    defaultsalesperson: "salespersonid",
    customerdimensiondetails: "dimension*",
    dimension: "dimensionname dimensionitem",
  },
  attributes: {
    "internalidentifier@type": "(automatic) #IMPLIED",
    "country@type": "CDATA 'ISO-3166'",
    "deliverycountry@type": "CDATA 'ISO-3166'",
    "invoicinglanguage@type": "CDATA 'ISO-3166'",
    "invoiceprintchannelformat@type": "(netvisor) #REQUIRED",
    "defaultpaymentterm@type": "(netvisor|customer) #REQUIRED",
    "salespersonid@type": "(netvisor) #REQUIRED",
    "dimensionitem@fatherid": "CDATA #IMPLIED",
  },
};

const salespayment: DocumentOrder = {
  children: {
    root: "salespayment",
    salespayment: `
      sum paymentdate targetidentifier sourcename paymentmethod salespaymentvoucherlines*
    `,
    salespaymentvoucherlines: "voucherline+",
    voucherline: "linesum description? accountnumber vatpercent dimension*",
    dimension: "dimensionname dimensionitem",
  },
  attributes: {
    "sum@currency": "CDATA 'EUR'",
    "targetidentifier@type": "(netvisor|invoicenumber|reference) #REQUIRED",
    "targetidentifier@targettype": "(invoice|order) #IMPLIED",
    "paymentmethod@type": "CDATA #REQUIRED",
    "paymentmethod@overrideaccountingaccountnumber": "CDATA #IMPLIED",
    "paymentmethod@overridesalesreceivableaccountnumber": "CDATA #IMPLIED",
    "linesum@type": "(net|gross) #REQUIRED",
    "vatpercent@vatcode":
      "(NONE|KOOS|EUOS|EUUO|EUPO|100|KOMY|EUMY|EUUM|EUPM312|EUPM309|MUUL|EVTO|EVPO" +
      "|KOMY0) #REQUIRED",
  },
};

const product: DocumentOrder = {
  children: {
    root: "product",
    product: "productbaseinformation productbookkeepingdetails? productadditionalinformation?",
    productbaseinformation: `
      productcode? productgroup name description? unitprice unit? unitweight?
      kaukevaproductcode? purchaseprice? tariffheading? comissionpercentage? isactive
      issalesproduct inventoryenabled? countryoforigin? primaryeancode? secondaryeancode?
    `,
    productbookkeepingdetails: `
      defaultvatpercentage defaultdomesticaccountnumber? defaulteuaccountnumber?
      defaultoutsideeuaccountnumber?
    `,
    productadditionalinformation: `
      productnetweight? productgrossweight? productweightunit? productpackageinformation?
      dimension*
    `,
    productpackageinformation: "packagewidth packageheight packagelength",
    dimension: "dimensionname dimensionitem",
  },
  attributes: {
    "unitprice@type": "(net|gross) #REQUIRED",
    "countryoforigin@type": "CDATA 'ISO-3166'",
    "dimensionitem@fatherid": "CDATA #IMPLIED",
  },
};

// No DTD of it is known; this is the order of the published example.
const matchcreditnote: DocumentOrder = {
  children: {
    root: "matchcreditnote",
    matchcreditnote: "creditnotenetvisorkey invoicenetvisorkey",
  },
  attributes: {},
};

export const fieldOrder = { salesinvoice, customer, salespayment, product, matchcreditnote };

export type DocumentKind = keyof typeof fieldOrder;
