// What makes a PDF with an XML inside a Factur-X: the file's name, and these words of the metadata (Factur-X 1.0).

export const factNames = { file: "factur-x.xml", profile: "EN 16931", version: "1.0" } as const;

const namespace = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

const property = (name: string, description: string) => `
              <rdf:li rdf:parseType="Resource">
                <pdfaProperty:name>${name}</pdfaProperty:name>
                <pdfaProperty:valueType>Text</pdfaProperty:valueType>
                <pdfaProperty:category>external</pdfaProperty:category>
                <pdfaProperty:description>${description}</pdfaProperty:description>
              </rdf:li>`;

/** PDF/A allows words of one's own in the metadata only when they are explained there (ISO 19005-3, 6.6.2.3). */
export const xmpExtension = `
        <rdf:Description rdf:about="" xmlns:fx="${namespace}">
          <fx:DocumentType>INVOICE</fx:DocumentType>
          <fx:DocumentFileName>${factNames.file}</fx:DocumentFileName>
          <fx:Version>${factNames.version}</fx:Version>
          <fx:ConformanceLevel>${factNames.profile}</fx:ConformanceLevel>
        </rdf:Description>
        <rdf:Description rdf:about=""
          xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
          xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
          xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
          <pdfaExtension:schemas><rdf:Bag>
            <rdf:li rdf:parseType="Resource">
              <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
              <pdfaSchema:namespaceURI>${namespace}</pdfaSchema:namespaceURI>
              <pdfaSchema:prefix>fx</pdfaSchema:prefix>
              <pdfaSchema:property><rdf:Seq>${property("DocumentFileName", "The name of the embedded XML document")}${property("DocumentType", "The type of the hybrid document")}${property("Version", "The version of the standard of the XML document")}${property("ConformanceLevel", "The conformance level of the XML document")}
              </rdf:Seq></pdfaSchema:property>
            </rdf:li>
          </rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>
`;
