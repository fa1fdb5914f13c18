#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int a;
   CThing(void) { a=0; }
   void F(void) { int a=1; }
  };
#endif
// refused: hides-member at 8:23
