package dev.lambdarollouts.simulator.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** An element of an XML body that S3 was sent, without its namespace. */
record RequestXml(Element element) {

  /** The root of the body; what is no XML, or declares a document type, is MalformedXML. */
  static RequestXml read(byte[] body) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return new RequestXml(builder.parse(new ByteArrayInputStream(body)).getDocumentElement());
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's parser has these features", e);
    } catch (SAXException | IOException e) {
      throw S3Errors.malformedXml();
    }
  }

  List<RequestXml> children(String name) {
    List<RequestXml> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && name.equals(child.getLocalName())) {
        children.add(new RequestXml(child));
      }
    }
    return children;
  }

  @Nullable String text(String name) {
    List<RequestXml> children = children(name);
    return children.isEmpty() ? null : children.getFirst().element().getTextContent().strip();
  }
}
